import type { ByteSource } from "../core/files";
import { fullStreamHead, incrementalStreamHead } from "../core/stream/streamHead";
import { openDatabaseFile } from "./databaseFile";
import { openFileSource } from "./fileSource";
import { stampFiles } from "./fileStamps";
import { regularFile } from "./regularFile";

/** Files outside a store of which a snapshot is to be made, open for reading. Whoever opens it closes it. */
export interface SnapshotSource {
	/** Of the file, as it was given. */
	readonly path: string;
	/** The start of the stream; `body` follows it. */
	readonly head: Uint8Array;
	readonly body: ByteSource;
	/** What is worth knowing of the files though they are used, as sentences. */
	readonly notices: readonly string[];
	/** To be asked once all is read: throws `FileError` when a file was changed since it was opened. */
	confirm(): void;
	close(): void;
}

/**
 * A full snapshot of a SQLite database with the WAL beside it, as one database: what a reader that opens it now would
 * see. `path` is one of the file system. Throws `FileError`.
 */
export function databaseSource(path: string): SnapshotSource {
	// SQLite keeps a WAL beside the file that a link points at.
	const { image, notices, confirm, close } = openDatabaseFile(regularFile(path));
	return { path, head: fullStreamHead(image.sizeBytes, []), body: image, notices, confirm, close };
}

/** An incremental snapshot of a WAL, byte for byte. `path` is one of the file system. Throws `FileError`. */
export function walSource(path: string): SnapshotSource {
	const real = regularFile(path);
	const { confirm } = stampFiles([real]);
	const wal = openFileSource(real, path);
	return { path, head: incrementalStreamHead(wal.sizeBytes), body: wal, notices: [], confirm, close: wal.close };
}
