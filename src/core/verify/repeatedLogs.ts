import type { WalHeader } from "../sqlite/wal/header";
import { successionOf } from "../sqlite/wal/succession";
import type { Finding } from "./finding";
import { type ChainLog, outOfSequence, type ReadLog, readLogs } from "./successionFindings";

/** A log in its chain, and how well it stands there: -1 where a neighbour speaks against it, 1 where one speaks for it. */
interface Standing {
	readonly log: ReadLog;
	readonly chain: readonly ChainLog[];
	readonly fit: number;
}

/**
 * Logs that are in two chains of a store: told at both, one finding each. SQLite writes no two logs of equal salts, so one
 * was copied over another, which nothing within a chain betrays where it is the only one of it.
 */
export function repeatedLogFindings(chains: readonly (readonly ChainLog[])[]): readonly Finding[] {
	const known = new Map<string, Standing>();
	const findings: Finding[] = [];
	for (const chain of chains) {
		const logs = readLogs(chain);
		const headers = logs.map(({ header }) => header);
		for (const [at, log] of logs.entries()) {
			const { salt1, salt2, checkpointSequence } = log.header;
			const key = `${salt1} ${salt2} ${checkpointSequence}`;
			const standing = { log, chain, fit: fitOf(headers, at) };
			const twin = known.get(key);
			if (twin === undefined) known.set(key, standing);
			else if (twin.chain !== chain) findings.push(...tell(twin, standing));
		}
	}
	return findings;
}

function tell(a: Standing, b: Standing): readonly Finding[] {
	const wrong = [a, b].filter(({ fit }) => fit === Math.min(a.fit, b.fit));
	const why = "they are the same log, and one of them is in the place of another";
	return outOfSequence(
		a.log,
		b.log,
		why,
		wrong.flatMap(({ log }) => log.snapshots),
	);
}

function fitOf(headers: readonly WalHeader[], at: number): number {
	const steps = [at, at + 1].filter((next) => next > 0 && next < headers.length);
	const follows = steps.map((next) => successionOf(headers.slice(0, next), headers[next]!).kind === "follows");
	if (follows.includes(false)) return -1;
	return follows.length > 0 ? 1 : 0;
}
