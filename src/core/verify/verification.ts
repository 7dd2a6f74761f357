import type { Finding } from "./finding";

/** What verifying a store, or a part of it, came to. */
export interface Verification {
	/** All of it, in the order in which a reader meets it: the store, then generation by generation. */
	readonly findings: readonly Finding[];
	/** Of every snapshot that was verified, oldest first. */
	readonly snapshots: readonly SnapshotVerdict[];
	/** In the order of `CHECKS`. */
	readonly checked: readonly Check[];
	readonly notChecked: readonly Check[];
}

/** The parts of a verification, in the order in which they build on one another. */
export const CHECKS = ["structure", "meta", "base", "wal", "sidecars", "database"] as const;

export type Check = (typeof CHECKS)[number];

/** Whether a snapshot can be restored. */
export interface SnapshotVerdict {
	/** Id of the snapshot. */
	readonly id: string;
	/** Name of its generation: two generations may hold the same id. */
	readonly generation: string;
	/** `exact`: byte for byte. `partial`: an older state of its chain, see `upTo`. `none`: nothing of it. */
	readonly verdict: "exact" | "partial" | "none";
	/** For `partial`: the id of the newest snapshot before it that is exact, or the path of the base where none is. */
	readonly upTo: string | undefined;
	/** What stands in the way first, one of `Verification.findings`. */
	readonly cause: Finding | undefined;
}

/** Whether nothing in it is an error. */
export function isSound({ findings }: Verification): boolean {
	return findings.every(({ severity }) => severity !== "error");
}

/** The snapshots that come out byte for byte, oldest first. */
export function restorable({ snapshots }: Verification): readonly SnapshotVerdict[] {
	return snapshots.filter(({ verdict }) => verdict === "exact");
}
