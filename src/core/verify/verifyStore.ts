import type { Cancellation } from "../files";
import { storeSnapshots } from "../snapshot/catalog";
import type { Generation, Store } from "../snapshot/model";
import type { PageImage } from "../sqlite/image/pageImage";
import type { StateFault } from "./databaseFindings";
import type { Finding } from "./finding";
import { orderFindings } from "./orderFindings";
import { repeatedLogFindings } from "./repeatedLogs";
import { verdictsOf } from "./verdicts";
import { CHECKS, type Check, type Verification } from "./verification";
import { type OpenFile, verifyGeneration } from "./verifyGeneration";

export interface VerifyOptions {
	/** Whether the database in every state is checked; true when not said. */
	readonly database?: boolean;
	/** What SQLite itself says of a state, besides. */
	readonly checkSql?: (image: PageImage) => readonly StateFault[];
	/** The part of the store to verify, by the name of a generation and the id of a snapshot in it; all when not given. */
	readonly only?: { readonly generation: string; readonly snapshot?: string };
	readonly cancel?: Cancellation;
	/** Called as files are read. Bytes. */
	readonly progress?: (readBytes: number, totalBytes: number) => void;
}

/**
 * Everything wrong with a store: what listing it found, and what reading every byte of it that a state depends on finds.
 * A cause is reported once, with the snapshots it makes unrestorable. Throws `FileError` when a file goes away or changes
 * meanwhile. Nothing is written.
 */
export async function verifyStore(store: Store, open: OpenFile, options: VerifyOptions = {}): Promise<Verification> {
	const { database = true, checkSql, only, cancel } = options;
	const generations = store.generations.flatMap((generation) => partOf(generation, only));
	const progress = progressOf(generations, database, options.progress);
	const verified = [];
	for (const generation of generations) {
		const read = await verifyGeneration(generation, { open, checkDatabase: database, checkSql, progress, cancel });
		const listed = [...generation.findings, ...generation.snapshots.flatMap((snapshot) => snapshot.findings)];
		verified.push({ generation, findings: [...listed, ...read.findings], logs: read.logs });
	}
	// Where logs are compacted, a full snapshot of another chain may hold the same ones.
	const chains = verified.flatMap(({ generation, logs }) => (generation.compacted ? [] : [logs]));
	const repeated = repeatedLogFindings(chains);
	const verdicts = verified.flatMap(({ generation, findings }) => verdictsOf(generation, [...findings, ...repeated]));
	const findings: Finding[] = only ? [] : [...store.findings];
	findings.push(...verified.flatMap((generation) => generation.findings), ...repeated);
	progress(Number.POSITIVE_INFINITY);
	if (!only) findings.push(...orderFindings(storeSnapshots(store)));
	const left: readonly Check[] = database ? [] : ["database"];
	return {
		findings,
		snapshots: verdicts,
		checked: CHECKS.filter((check) => !left.includes(check)),
		notChecked: left,
	};
}

/** A generation up to the snapshot that is asked for. */
function partOf(generation: Generation, only: VerifyOptions["only"]): readonly Generation[] {
	if (!only) return [generation];
	if (generation.name !== only.generation) return [];
	const last = generation.snapshots.findIndex(({ id }) => id === only.snapshot);
	return [last < 0 ? generation : { ...generation, snapshots: generation.snapshots.slice(0, last + 1) }];
}

/** Counts what is read against what will be: every WAL, and the base once for its sidecar and once for its database. */
function progressOf(
	generations: readonly Generation[],
	database: boolean,
	tell: VerifyOptions["progress"],
): (bytes: number) => void {
	let total = 0;
	for (const { base, pending, snapshots } of generations) {
		for (const { sizeBytes } of [...pending, ...snapshots.flatMap(({ wals }) => wals)]) total += sizeBytes;
		if (base) total += base.sizeBytes * (Number(base.sidecar !== undefined) + Number(database));
	}
	let read = 0;
	return (bytes) => {
		if (read >= total) return;
		read = Math.min(read + bytes, total);
		tell?.(read, total);
	};
}
