import { setImmediate } from "node:timers/promises";
import { pieceMemory } from "../../core/pieceMemory";
import { PageImage } from "../../core/sqlite/image/pageImage";
import { PageMap } from "../../core/sqlite/image/pageMap";
import { parseWalHeader, WAL_HEADER_SIZE } from "../../core/sqlite/wal/header";
import type { AppliedFrames } from "../../core/sqlite/wal/scan";
import { openFileSource } from "../../node/fileSource";
import type { Disk } from "../disk/disk";
import { Writeback } from "../disk/writeback";
import { type OpenLog, readLogFrames, readLogHeader } from "./logFrames";
import { readForward } from "./readForward";
import type { SoundLogs } from "./soundLogs";

/** Neighbouring pages are written together, as many as fit in here. */
const PIECE_SIZE = 1 << 20;

/** So much is written before whatever else waits in this thread has its turn. */
const BREAK_BYTES = 1 << 20;

/**
 * Writes the newest committed version of each page of a WAL into its database, in place, and sets its size, as SQLite's
 * own checkpoint does. Repeating it changes nothing: a WAL holds whole pages. The database is durable when the promise
 * resolves. The WAL stays. Before the first write it is read once, unless it is among `logs`, and must be sound:
 * `StoreError` `damaged`.
 */
export async function checkpoint(disk: Disk, database: string, wal: string, logs?: SoundLogs): Promise<void> {
	const source = openFileSource(wal, wal);
	try {
		if (source.sizeBytes <= WAL_HEADER_SIZE) return; // no frames
		const log = { path: wal, source };
		const { pageSize } = parseWalHeader(readLogHeader(log));
		const frames = readLogFrames(log, pageSize, logs);
		if (frames.pageNumbers.length > 0) await writePages(disk, database, log, frames, pageSize);
	} finally {
		source.close();
	}
}

async function writePages(
	disk: Disk,
	database: string,
	log: OpenLog,
	frames: AppliedFrames,
	pageSize: number,
): Promise<void> {
	const base = openFileSource(database, database);
	const file = await disk.changeFile(database).catch((error: unknown) => {
		base.close();
		throw error;
	});
	try {
		const map = new PageMap(pageSize, Math.floor(base.sizeBytes / pageSize));
		map.apply(frames);
		const source = isAscending(frames.pageNumbers) ? readForward(log.source) : log.source;
		const image = new PageImage(map, { path: database, source: base }, [{ ...log, source }]);
		const buffer = pieceMemory(Math.max(pageSize, PIECE_SIZE));
		let end = base.sizeBytes;
		let sinceBreak = 0;
		const writeback = new Writeback(file);
		for (const [first, count] of runs(map.changed(), buffer.byteLength / pageSize)) {
			const offset = (first - 1) * pageSize;
			const bytes = buffer.subarray(0, count * pageSize);
			image.readInto(bytes, offset);
			await file.write(bytes, offset);
			end = Math.max(end, offset + bytes.byteLength);
			sinceBreak += bytes.byteLength;
			if (sinceBreak > BREAK_BYTES) {
				writeback.begin();
				await setImmediate();
				sinceBreak = 0;
			}
		}
		await writeback.done();
		if (end !== image.sizeBytes) await file.truncate(image.sizeBytes);
		await file.sync();
	} finally {
		await file.close();
		base.close();
	}
}

/** As in a log that `mergeLogs` has written: its pages are read in the order in which they lie. */
function isAscending(pageNumbers: Uint32Array): boolean {
	return pageNumbers.every((pageNumber, n) => n === 0 || pageNumbers[n - 1]! < pageNumber);
}

/** Page numbers, ascending, as first page and count of neighbours, at most `most` together. */
function* runs(pageNumbers: Uint32Array, most: number): Generator<readonly [first: number, count: number]> {
	for (let at = 0; at < pageNumbers.length; ) {
		const first = pageNumbers[at]!;
		let count = 1;
		while (count < most && pageNumbers[at + count] === first + count) count++;
		yield [first, count];
		at += count;
	}
}
