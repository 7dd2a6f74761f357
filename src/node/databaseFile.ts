import { hotJournalError } from "../core/dataDirectory/hotJournal";
import { FileError } from "../core/files";
import { FormatError } from "../core/formatError";
import { readNow } from "../core/reading";
import { DATABASE_HEADER_SIZE, type DatabaseHeader, parseDatabaseHeader } from "../core/sqlite/databaseHeader";
import { PageImage } from "../core/sqlite/image/pageImage";
import { PageMap } from "../core/sqlite/image/pageMap";
import { isDamage } from "../core/sqlite/wal/end";
import { scanWal } from "../core/sqlite/wal/scan";
import { baseHeaderFinding, imageFinding, walFinding } from "../core/verify/fileFindings";
import { type FileSource, openFileSource } from "./fileSource";
import { stampFiles } from "./fileStamps";

/** A SQLite database with the WAL beside it, open for reading. Whoever opens it closes it. */
export interface DatabaseFile {
	/** What a reader that opens the database now would see. */
	readonly image: PageImage;
	/** What is worth knowing of the files though they are used, as sentences. */
	readonly notices: readonly string[];
	/** To be asked once all is read: throws `FileError` when the files were changed since they were opened. */
	confirm(): void;
	close(): void;
}

/**
 * Opens a database by SQLite's own rules: the file, and over it the committed frames of `<path>-wal`, up to the first
 * one that is not sound. No lock is taken, so whoever reads it asks `confirm` at the end. Refused are a hot journal,
 * which only a writer can bring in order, and a WAL without a sound header. Throws `FileError`.
 */
export function openDatabaseFile(path: string): DatabaseFile {
	const [walPath, journalPath] = [`${path}-wal`, `${path}-journal`];
	const stamps = stampFiles([path, walPath, journalPath]);
	refuseHotJournal(path, journalPath);
	const open: FileSource[] = [];
	const close = () => {
		for (const source of open) source.close();
	};
	try {
		const base = openFileSource(path, path);
		open.push(base);
		const wal = openIfThere(walPath);
		if (wal) open.push(wal);
		return {
			...imageOf({ path, source: base }, wal && { path: walPath, source: wal }),
			confirm: stamps.confirm,
			close,
		};
	} catch (error) {
		close();
		throw error;
	}
}

interface OpenFile {
	readonly path: string;
	readonly source: FileSource;
}

function imageOf(base: OpenFile, wal: OpenFile | undefined): Pick<DatabaseFile, "image" | "notices"> {
	const header = readHeader(base);
	const { pageSize } = header;
	const map = new PageMap(pageSize, Math.floor(base.source.sizeBytes / pageSize));
	const image = new PageImage(map, base, wal ? [wal] : []);
	const notices: string[] = [];
	if (wal) {
		const scan = readNow(scanWal(wal.source.sizeBytes, pageSize), wal.source);
		// SQLite takes such a log for an empty one, in silence.
		if (scan.end.reason === "bad-header") throw refused(base.path, walFinding(wal.path, scan.end, []));
		map.apply(scan);
		if (isDamage(scan.end)) {
			const { message } = walFinding(wal.path, scan.end, []);
			notices.push(`${message} As SQLite does, only the ${scan.framesApplied} frames before it are used.`);
		}
	}
	// A WAL with frames may be on its way into a database that is not as long yet as its header says.
	const lastLog = map.changedPages > 0 ? wal?.path : undefined;
	const finding = readNow(imageFinding(map, { base: base.path, header, lastLog, snapshots: [] }), image);
	if (finding) throw refused(base.path, finding);
	return { image, notices };
}

function readHeader({ path, source }: OpenFile): DatabaseHeader {
	const bytes = new Uint8Array(DATABASE_HEADER_SIZE);
	try {
		return parseDatabaseHeader(bytes.subarray(0, source.readInto(bytes, 0)));
	} catch (error) {
		if (error instanceof FormatError) throw refused(path, baseHeaderFinding(path, error, []));
		throw error;
	}
}

function refused(path: string, { message }: { readonly message: string }): FileError {
	return new FileError("unreadable", path, message);
}

/** As core's, over files that are read at once. */
function refuseHotJournal(path: string, journalPath: string): void {
	const journal = openIfThere(journalPath);
	if (!journal) return;
	try {
		const first = new Uint8Array(1);
		if (journal.readInto(first, 0) === 0 || first[0] === 0) return;
	} finally {
		journal.close();
	}
	throw hotJournalError(path, journalPath);
}

function openIfThere(path: string): FileSource | undefined {
	try {
		return openFileSource(path, path);
	} catch (error) {
		if (error instanceof FileError && error.code === "not-found") return undefined;
		throw error;
	}
}
