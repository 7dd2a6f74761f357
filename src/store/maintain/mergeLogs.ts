import type { ByteSource } from "../../core/files";
import { PageImage } from "../../core/sqlite/image/pageImage";
import { PageMap } from "../../core/sqlite/image/pageMap";
import { lockBytePage } from "../../core/sqlite/pageSize";
import { FrameSealer } from "../../core/sqlite/wal/frameSealer";
import { FRAME_HEADER_SIZE, frameOffset, parseWalHeader } from "../../core/sqlite/wal/header";
import type { WalScan } from "../../core/sqlite/wal/scan";
import { openFileSource } from "../../node/fileSource";
import type { Disk } from "../disk/disk";
import { putInPlace } from "../disk/putInPlace";
import { Writeback } from "../disk/writeback";
import { type OpenLog, readLogFrames, readLogHeader } from "./logFrames";
import type { SoundLogs } from "./soundLogs";

/** So much is written before whatever else waits in this thread has its turn. */
const PIECE_SIZE = 1 << 20;

/**
 * Puts in the place of the last of some logs one that holds the newest version of each page of all of them, ascending, as
 * one transaction. The database comes out the same whether the others are applied before it or not. They are in order,
 * each has a header, and is read unless it is among `logs`; all must be sound: `StoreError` `damaged`. Durable when the
 * promise resolves.
 */
export async function mergeLogs(
	disk: Disk,
	database: string,
	wals: readonly string[],
	logs?: SoundLogs,
): Promise<void> {
	const target = wals.at(-1)!;
	const scan = await putInPlace(
		target,
		async (temporary) => {
			const open: { readonly source: { close(): void } }[] = [];
			const openOne = (path: string) => {
				const file = { path, source: openFileSource(path, path) };
				open.push(file);
				return file;
			};
			try {
				return await writeMerged(disk, temporary, openOne(database), wals.map(openOne), logs);
			} finally {
				for (const { source } of open) source.close();
			}
		},
		{ disk },
	);
	logs?.add(logs.stamp(target), { scan, crc32c: undefined });
}

async function writeMerged(
	disk: Disk,
	path: string,
	base: OpenLog,
	wals: readonly OpenLog[],
	logs?: SoundLogs,
): Promise<WalScan> {
	const bytes = readLogHeader(wals.at(-1)!);
	const header = parseWalHeader(bytes);
	const { pageSize } = header;
	const basePages = Math.floor(base.source.sizeBytes / pageSize);
	const map = new PageMap(pageSize, basePages);
	for (const wal of wals) map.apply(readLogFrames(wal, pageSize, logs));
	const pageNumbers = mergedPages(map, basePages);
	const file = await disk.createFile(path);
	const writeback = new Writeback(file);
	let writing = file.write(bytes, 0);
	try {
		const sealer = new FrameSealer(header);
		let frame = 0;
		for (const frames of mergedFrames(map, new PageImage(map, base, wals), pageNumbers)) {
			sealer.seal(frames);
			await writing;
			writeback.begin();
			writing = file.write(frames, frameOffset(frame, pageSize));
			frame += frames.byteLength / (FRAME_HEADER_SIZE + pageSize);
		}
		await writing;
		await writeback.done();
		await file.sync();
	} finally {
		await writing.catch(() => {}); // told above
		await file.close();
	}
	const { pageCount } = map;
	const count = pageNumbers.length;
	return { header, frames: count, framesApplied: count, pageNumbers, pageCount, end: { reason: "end-of-file" } };
}

/** Every page that one of the logs has changed, ascending; page 1 where all are cut off again, since one must say so. */
function mergedPages(map: PageMap, basePages: number): Uint32Array {
	const changed = map.changed();
	// What one log cuts off and a later one grows over is read as zeros; only of the lock-byte page there is no version.
	const lockPage = lockBytePage(map.pageSize);
	if (map.basePages < lockPage && lockPage <= Math.min(basePages, map.pageCount)) {
		return Uint32Array.from(new Set([...changed, lockPage])).sort();
	}
	return changed.length > 0 ? changed : Uint32Array.of(1);
}

/** The frames of those pages, unsealed; each piece is lent until the one after the next. The last one commits. */
function* mergedFrames(map: PageMap, image: ByteSource, pageNumbers: Uint32Array): Generator<Uint8Array> {
	const frameSize = FRAME_HEADER_SIZE + map.pageSize;
	const most = Math.floor(PIECE_SIZE / frameSize);
	const pieces = [1, 2].map(() => new Uint8Array(Math.min(most, pageNumbers.length) * frameSize));
	for (let first = 0; first < pageNumbers.length; first += most) {
		const piece = pieces[(first / most) % 2]!;
		const view = new DataView(piece.buffer);
		const count = Math.min(most, pageNumbers.length - first);
		for (let n = 0; n < count; n++) {
			const pageNumber = pageNumbers[first + n]!;
			const start = n * frameSize;
			view.setUint32(start, pageNumber);
			view.setUint32(start + 4, first + n === pageNumbers.length - 1 ? map.pageCount : 0);
			image.readInto(piece.subarray(start + FRAME_HEADER_SIZE, start + frameSize), (pageNumber - 1) * map.pageSize);
		}
		yield piece.subarray(0, count * frameSize);
	}
}
