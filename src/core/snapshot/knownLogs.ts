import type { ByteSource } from "../files";
import type { WalScan } from "../sqlite/wal/scan";

/** What came of reading a log to its end: it is sound. */
export interface KnownLog {
	readonly scan: WalScan;
	/** CRC-32C of the file, a uint32; `undefined` where nobody asked for it. */
	readonly crc32c: number | undefined;
}

/** What came of reading logs before. */
export interface KnownLogs {
	/** What is known of the log in a file as it is now. To be asked before the log is read. */
	find(file: ByteSource): KnownLog | undefined;
	/** Takes down a log that has just been read, where `find` was asked before and the file has not changed since. */
	add(file: ByteSource, log: KnownLog): void;
}
