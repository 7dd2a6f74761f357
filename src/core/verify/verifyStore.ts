import type { Cancellation, Files } from "../files";
import { FormatError } from "../formatError";
import { readLater } from "../reading";
import { storeFindings } from "../snapshot/catalog";
import type { Generation, Store, StoreFile } from "../snapshot/model";
import { DATABASE_HEADER_SIZE, type DatabaseHeader, parseDatabaseHeader } from "../sqlite/databaseHeader";
import { PageMap } from "../sqlite/image/pageMap";
import { isDamage } from "../sqlite/wal/end";
import { FRAME_HEADER_SIZE, frameOffset } from "../sqlite/wal/header";
import { scanWal } from "../sqlite/wal/scan";
import { baseHeaderFinding, imageFinding, walFinding } from "./fileFindings";
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
	const totalBytes = store.generations.flatMap(logsOf).reduce((sum, { file }) => sum + file.sizeBytes, 0);
	let readBytes = 0;
	const progress = (bytes: number) => {
		readBytes += bytes;
		options.progress?.(Math.min(readBytes, totalBytes), totalBytes);
	};
	for (const generation of store.generations) {
		findings.push(...(await verifyGeneration(files, generation, progress, options.cancel)));
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
	const own = snapshots.flatMap(({ kind, files }, position) =>
		kind === "full" ? [] : files.map((file) => ({ file, snapshots: ids.slice(position) })),
	);
	return [...left, ...own.filter(({ file }) => !pending.some(({ path }) => path === file.path))];
}

async function verifyGeneration(
	files: Files,
	generation: Generation,
	progress: (bytes: number) => void,
	cancel?: Cancellation,
): Promise<readonly Finding[]> {
	const { base, pending, snapshots } = generation;
	if (!base) return [];
	const ids = snapshots.map(({ id }) => id);
	let header: DatabaseHeader;
	try {
		header = parseDatabaseHeader(await files.read(base.path, 0, DATABASE_HEADER_SIZE));
	} catch (error) {
		if (error instanceof FormatError) return [baseHeaderFinding(base.path, error, ids)];
		throw error;
	}
	const findings: Finding[] = [];
	const map = new PageMap(header.pageSize, Math.floor(base.sizeBytes / header.pageSize));
	/** Whether the chain is sound so far: behind damage the pages of later logs prove nothing. */
	let sound = true;
	const logFiles = logsOf(generation);
	const readImage = (offset: number, length: number) => {
		const place = map.find(Math.floor(offset / map.pageSize) + 1);
		switch (place.in) {
			case "nothing":
				return Promise.resolve(new Uint8Array(length));
			case "base":
				return files.read(base.path, offset, length);
			case "log": {
				const page = frameOffset(place.frame, map.pageSize) + FRAME_HEADER_SIZE;
				return files.read(logFiles[place.log]!.file.path, page + (offset % map.pageSize), length);
			}
		}
	};
	const checkImage = async (logs: number, affected: readonly string[]) => {
		if (!sound) return;
		const context = { base: base.path, header, logs, snapshots: affected };
		const finding = await readLater(imageFinding(map, context), readImage, cancel);
		if (finding) findings.push(finding);
		sound &&= !finding;
	};
	if (pending.length === 0) await checkImage(0, ids);
	for (const [position, log] of logFiles.entries()) {
		const { path, sizeBytes } = log.file;
		const read = async (offset: number, length: number) => {
			const bytes = await files.read(path, offset, length);
			progress(bytes.byteLength);
			return bytes;
		};
		const scan = await readLater(scanWal(sizeBytes, header.pageSize), read, cancel);
		map.apply(scan);
		if (isDamage(scan.end)) {
			findings.push(walFinding(path, scan.end, log.snapshots));
			sound = false;
		} else if (position + 1 >= pending.length) {
			await checkImage(position + 1, log.snapshots);
		}
	}
	return findings;
}
