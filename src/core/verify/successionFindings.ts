import type { ScannedLog } from "../snapshot/chainScan";
import { note } from "../snapshot/entryFindings";
import type { WalHeader } from "../sqlite/wal/header";
import { type Succession, successionOf } from "../sqlite/wal/succession";
import type { Finding } from "./finding";

/** A log of a chain, in the order in which they apply. */
export interface ChainLog extends ScannedLog {
	/** Ids of the snapshots whose state it is part of. */
	readonly snapshots: readonly string[];
}

/** A log that has commits, and could be read. */
export type ReadLog = ChainLog & { readonly header: WalHeader };

/** Those of a chain. */
export function readLogs(chain: readonly ChainLog[]): readonly ReadLog[] {
	return chain.flatMap((log) => (log.header ? [{ ...log, header: log.header }] : []));
}

/**
 * Where logs of a chain do not follow one another: told at both, one finding each. `doubt` is how much a break says that
 * proves nothing by itself.
 */
export function successionFindings(chain: readonly ChainLog[], doubt: "warning" | "info"): readonly Finding[] {
	const findings: Finding[] = [];
	const read: ReadLog[] = [];
	const headers: WalHeader[] = [];
	/** Whether the last of `read` followed from what came before it. */
	let followed = true;
	let emptySince = 0;
	for (const log of chain) {
		if (log.empty) emptySince++;
		const { header } = log;
		if (!header) continue;
		const next = { ...log, header };
		const succession = successionOf(headers, header);
		findings.push(...tell(succession, { read, next, followed, emptySince, doubt }));
		followed = succession.kind === "follows";
		emptySince = 0;
		read.push(next);
		headers.push(header);
	}
	return findings;
}

interface Place {
	readonly read: readonly ReadLog[];
	readonly next: ReadLog;
	readonly followed: boolean;
	/** Logs without commits between the two. */
	readonly emptySince: number;
	readonly doubt: "warning" | "info";
}

function tell(succession: Succession, { read, next, followed, emptySince, doubt }: Place): readonly Finding[] {
	const last = read.at(-1);
	if (!last) return [];
	switch (succession.kind) {
		case "follows":
			return [];
		case "same":
			return outOfSequence(
				read[succession.as]!,
				next,
				"they are the same log, and one of them is in the place of another",
				next.snapshots,
			);
		case "older":
			// Where the earlier one did not follow either, the two may have changed places.
			return outOfSequence(
				last,
				next,
				`the checkpoint sequence falls from ${last.header.checkpointSequence} to ${next.header.checkpointSequence}`,
				(followed ? next : last).snapshots,
			);
		case "gap":
			if (succession.missing <= emptySince) return [];
			return hint(
				doubt,
				last,
				next,
				`the checkpoint sequence rises from ${last.header.checkpointSequence} to ${next.header.checkpointSequence}`,
			);
		case "foreign":
			// A restart, then a snapshot without changes for each time that the new process has counted.
			if (next.header.checkpointSequence <= emptySince) return [];
			return hint(doubt, last, next, "their salts do not go on from one to the other, and no restart explains that");
	}
}

/** One finding at each of two logs of which one is proven not to be in its place. `snapshots`: those that it makes unrestorable. */
export function outOfSequence(
	earlier: ReadLog,
	later: ReadLog,
	why: string,
	snapshots: readonly string[],
): readonly Finding[] {
	const message = `${earlier.path} and ${later.path} do not follow one another: ${why}.`;
	const advice = "A file of the chain was swapped, repeated or replaced. Take both from a backup or another node.";
	return [earlier, later].map(({ path }) => note("wal-out-of-sequence", "error", path, message, advice, snapshots));
}

function hint(severity: "warning" | "info", earlier: ReadLog, later: ReadLog, why: string): readonly Finding[] {
	const message = `Something may be missing between ${earlier.path} and ${later.path}: ${why}.`;
	const advice =
		"A snapshot of which nothing is left, or a restart beside one without changes, leaves such a gap. If one was removed by hand, those after it are not what the node had: compare with another node.";
	return [earlier, later].map(({ path }) => note("wal-gap", severity, path, message, advice));
}
