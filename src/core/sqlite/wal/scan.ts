import { FormatError } from "../../formatError";
import type { Reading } from "../../reading";
import { PIECE_BYTES } from "../../readMemory";
import { isDamage, type WalEnd } from "./end";
import { FrameJudge } from "./frameJudge";
import { FRAME_HEADER_SIZE, parseWalHeader, WAL_HEADER_SIZE, type WalHeader } from "./header";

/** The frames of a WAL that count: those up to the last commit frame that is sound. */
export interface AppliedFrames {
	/** Page number of each, in file order. Frame n (from 0) lies at `frameOffset(n, pageSize)`. */
	readonly pageNumbers: Uint32Array;
	/** Size of the database in pages after the last commit; 0 when no frame is applied. */
	readonly pageCount: number;
}

/** What a WAL holds, without its pages. */
export interface WalScan extends AppliedFrames {
	/** `undefined` when the file has none, or a damaged one: `end` says which. */
	readonly header: WalHeader | undefined;
	/** Whole frames in the file, whatever they are. */
	readonly frames: number;
	readonly framesApplied: number;
	readonly end: WalEnd;
}

/**
 * Reads a whole WAL once, front to back, and says what counts in it and why it ended.
 *
 * A file of zero bytes and one with a header alone are logs without frames. `basePageSize` is that of the database the
 * log belongs to: another one is a damaged header. Every frame's salts and checksum are checked to the end of the file,
 * also behind the log's end, because what lies there tells a healthy end from lost work (`FORMATS.md`, "How a log ends").
 */
export function* scanWal(sizeBytes: number, basePageSize: number): Reading<WalScan> {
	if (sizeBytes === 0) return withoutFrames(undefined, { reason: "end-of-file" });
	let header: WalHeader;
	try {
		header = parseWalHeader(yield { offset: 0, length: WAL_HEADER_SIZE });
		if (header.pageSize !== basePageSize) {
			throw new FormatError(8, `the WAL's pages have ${header.pageSize} bytes, those of its database ${basePageSize}`);
		}
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return withoutFrames(undefined, { reason: "bad-header", offset: error.offset, message: error.message });
	}
	const frameSize = FRAME_HEADER_SIZE + header.pageSize;
	const pieceBytes = Math.floor(PIECE_BYTES / frameSize) * frameSize;
	const judge = new FrameJudge(header, Math.floor((sizeBytes - WAL_HEADER_SIZE) / frameSize));
	let offset = WAL_HEADER_SIZE;
	let missing = 0;
	while (offset < sizeBytes && missing === 0) {
		const length = Math.min(pieceBytes, sizeBytes - offset);
		const piece = yield { offset, length };
		const whole = Math.floor(piece.byteLength / frameSize);
		judge.add(piece.subarray(0, whole * frameSize));
		offset += whole * frameSize;
		const torn = piece.byteLength - whole * frameSize;
		// Too few bytes at a frame's end: the file is shorter now than it was said to be.
		if (torn > 0 || piece.byteLength < length) missing = frameSize - torn;
	}
	let end = judge.end();
	if (missing > 0 && !isDamage(end)) end = { reason: "torn-frame", frame: judge.frames + 1, offset, missing };
	return { header, frames: judge.frames, ...judge.applied(), end };
}

function withoutFrames(header: WalHeader | undefined, end: WalEnd): WalScan {
	return { header, frames: 0, framesApplied: 0, pageNumbers: new Uint32Array(0), pageCount: 0, end };
}
