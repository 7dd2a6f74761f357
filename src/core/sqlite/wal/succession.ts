import type { WalHeader } from "./header";

/**
 * How a log stands to the ones before it. SQLite counts the checkpoint sequence and salt-1 up by one each time a log
 * starts over, an empty one too; a restart begins at sequence 0 with random salts.
 */
export type Succession =
	/** It goes on from the one before, or can. */
	| { readonly kind: "follows" }
	/** Logs are missing between them, or nothing was written where they would be. */
	| { readonly kind: "gap"; readonly missing: number }
	/** Another process wrote it, and had counted before it did. */
	| { readonly kind: "foreign" }
	/** Proof that it does not belong there: the process wrote it before the one before it. */
	| { readonly kind: "older" }
	/** Proof that it does not belong there: it is in the chain already, as this one of the earlier. */
	| { readonly kind: "same"; readonly as: number };

/** `earlier`: the headers of the logs before it, oldest first; logs without commits left out. See `FORMATS.md`. */
export function successionOf(earlier: readonly WalHeader[], next: WalHeader): Succession {
	const as = earlier.findIndex((header) => isSameLog(header, next));
	if (as >= 0) return { kind: "same", as };
	const last = earlier.at(-1);
	if (!last) return { kind: "follows" };
	const step = next.checkpointSequence - last.checkpointSequence;
	const sameProcess = ((next.salt1 - last.salt1) | 0) === step;
	if (next.checkpointSequence === 0 && !sameProcess) return { kind: "follows" };
	if (!sameProcess) return { kind: "foreign" };
	if (step < 0) return { kind: "older" };
	return step === 1 ? { kind: "follows" } : { kind: "gap", missing: step - 1 };
}

function isSameLog(a: WalHeader, b: WalHeader): boolean {
	return a.salt1 === b.salt1 && a.salt2 === b.salt2 && a.checkpointSequence === b.checkpointSequence;
}
