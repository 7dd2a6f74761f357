import { type Checksums, createChecksums } from "../checksum/sidecar";
import type { Cancellation, Files } from "../files";
import { readLater } from "../reading";
import { storeFindings } from "../snapshot/catalog";
import { type ChainReading, ChainScan } from "../snapshot/chainScan";
import type { Generation, Store, StoreFile } from "../snapshot/model";
import type { Finding } from "./finding";

export interface VerifyOptions {
	readonly cancel?: Cancellation;
	/** Called as WALs are read. Bytes. */
	readonly progress?: (readBytes: number, totalBytes: number) => void;
}

/**
 * Everything wrong with a store's structure, metadata, base headers and WALs: what listing it found, and every frame of
 * every WAL read once. A cause is reported once, with the snapshots it makes unrestorable. Throws `FileError` when a
 * file goes away meanwhile.
 */
export async function verifyStore(
	files: Files,
	store: Store,
	options: VerifyOptions = {},
): Promise<readonly Finding[]> {
	const findings = [...storeFindings(store)];
	const checksums = await createChecksums();
	const totalBytes = store.generations.reduce((sum, generation) => sum + bytesToRead(generation), 0);
	let readBytes = 0;
	const counted: Pick<Files, "read"> = {
		async read(path, offset, length) {
			const bytes = await files.read(path, offset, length);
			if (readBytes < totalBytes) {
				readBytes = Math.min(readBytes + bytes.byteLength, totalBytes);
				options.progress?.(readBytes, totalBytes);
			}
			return bytes;
		},
	};
	for (const generation of store.generations) {
		findings.push(...(await verifyGeneration(counted, generation, checksums, options.cancel)));
	}
	return findings;
}

/** A WAL of a generation and the snapshots whose state it is part of. */
interface Log {
	readonly file: StoreFile;
	readonly snapshots: readonly string[];
}

/** In the order in which they apply. */
function logsOf({ pending, snapshots }: Generation): readonly Log[] {
	const ids = snapshots.map(({ id }) => id);
	const left = pending.map((file) => ({ file, snapshots: ids }));
	const own = snapshots.flatMap(({ wals }, position) => wals.map((file) => ({ file, snapshots: ids.slice(position) })));
	return [...left, ...own.filter(({ file }) => !pending.some(({ path }) => path === file.path))];
}

/** Every WAL, and a base that has a sidecar. */
function bytesToRead(generation: Generation): number {
	const logs = logsOf(generation).reduce((sum, { file }) => sum + file.sizeBytes, 0);
	return logs + (generation.base?.sidecar ? generation.base.sizeBytes : 0);
}

async function verifyGeneration(
	files: Pick<Files, "read">,
	generation: Generation,
	checksums: Checksums,
	cancel?: Cancellation,
): Promise<readonly Finding[]> {
	const { base, pending, compacted, snapshots } = generation;
	if (!base) return [];
	const logs = logsOf(generation);
	const paths = [base, ...logs.map(({ file }) => file)].map(({ path }) => path);
	const run = (reading: ChainReading<void>) =>
		readLater(reading, ({ file, offset, length }) => files.read(paths[file]!, offset, length), cancel);
	const scan = new ChainScan(base, { pending: pending.length, compacted, checksums, checkBase: true });
	await run(scan.readBase(snapshots.map(({ id }) => id)));
	for (const log of logs) await run(scan.addWal(log.file, log.snapshots));
	return [...scan.findings, ...scan.notes];
}
