import type { ByteSource } from "../../core/files";
import { FormatError } from "../../core/formatError";
import { readNow } from "../../core/reading";
import { isDamage, type WalEnd } from "../../core/sqlite/wal/end";
import { parseWalHeader, WAL_HEADER_SIZE } from "../../core/sqlite/wal/header";
import { type AppliedFrames, scanWal } from "../../core/sqlite/wal/scan";
import { walFinding } from "../../core/verify/fileFindings";
import { StoreError } from "../storeError";
import type { SoundLogs } from "./soundLogs";

/** A log that is open for reading, at a path of the file system. */
export interface OpenLog {
	readonly path: string;
	readonly source: ByteSource;
}

/** The bytes of a log's header. Throws `StoreError` `damaged`. */
export function readLogHeader({ path, source }: OpenLog): Uint8Array {
	const bytes = new Uint8Array(WAL_HEADER_SIZE);
	source.readInto(bytes, 0);
	try {
		parseWalHeader(bytes);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		throw damaged(path, { reason: "bad-header", offset: error.offset, message: error.message });
	}
	return bytes;
}

/** The frames of a log, which is read unless it is known. Throws `StoreError` `damaged`. */
export function readLogFrames({ path, source }: OpenLog, pageSize: number, logs?: SoundLogs): AppliedFrames {
	const known = logs?.framesOf(path);
	if (known) return known;
	const scan = readNow(scanWal(source.sizeBytes, pageSize), source);
	if (isDamage(scan.end)) throw damaged(path, scan.end);
	return scan;
}

function damaged(wal: string, end: WalEnd): StoreError {
	const { message, advice } = walFinding(wal, end, []);
	return new StoreError("damaged", wal, `${message} ${advice}`);
}
