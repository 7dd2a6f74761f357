import { type Cancellation, FileError, type Files, type Stat } from "../files";
import { FormatError } from "../formatError";
import { readLater } from "../reading";
import type { StoreFile } from "../snapshot/model";
import { DATABASE_HEADER_SIZE, parseDatabaseHeader } from "../sqlite/databaseHeader";
import { isDamage } from "../sqlite/wal/end";
import { frameOffset, WAL_HEADER_SIZE } from "../sqlite/wal/header";
import { scanWal, type WalScan } from "../sqlite/wal/scan";
import { baseHeaderFinding, walFinding } from "../verify/fileFindings";
import type { Finding } from "../verify/finding";
import { DATABASE, readDataDirectory } from "./dataDirectory";
import { refuseHotJournal } from "./hotJournal";
import { settledStat } from "./settledStat";

/** What stands for a live database where a snapshot has its id. */
export const LIVE_ID = "live";

/**
 * The live database of a data directory at one moment: the file, and over it the log up to its last commit. That is a
 * state of the database for as long as the file stays as it is and the log is not started over: a node that writes only
 * makes the log longer. `confirmLiveDatabase` tells.
 */
export interface LiveDatabase {
	readonly base: StoreFile;
	/** Cut behind the last commit: `sizeBytes` may be less than that of the file. */
	readonly wal: StoreFile | undefined;
	/** The first bytes of the log. Whoever starts it over writes others. */
	readonly walHeader: Uint8Array;
	/** What is worth knowing though it can be read. */
	readonly findings: readonly Finding[];
}

export interface LiveOptions {
	readonly cancel?: Cancellation;
	/** Waits; asked where a file was written a moment ago. */
	readonly pause: (milliseconds: number) => Promise<void>;
}

const MOST_ATTEMPTS = 5;

/**
 * Finds out what of the live database can be read as one state, without a lock and without SQLite. Reads the log once
 * (see https://www.sqlite.org/fileformat2.html#the_write_ahead_log) and begins again where the node has checkpointed
 * meanwhile. Throws `FileError`: there is none, it is no database, it is in the middle of a transaction, or the node
 * checkpoints all the time.
 */
export async function readLiveDatabase(files: Files, options: LiveOptions): Promise<LiveDatabase> {
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
		options.cancel?.throwIfAborted();
		try {
			const live = await attemptToRead(files, options);
			if (live) return live;
		} catch (error) {
			// The log is removed when a node stops.
			if (!(error instanceof FileError && error.code === "not-found" && error.path !== DATABASE)) throw error;
		}
	}
	throw changed();
}

/** Throws `FileError` when what was read of the files since `live` may belong to two states. */
export async function confirmLiveDatabase(files: Files, live: LiveDatabase): Promise<void> {
	if (!isSame(live.base, await files.stat(live.base.path))) throw changed();
	const { wal, walHeader } = live;
	// Of a log without frames nothing was read.
	if (wal && wal.sizeBytes > WAL_HEADER_SIZE && !(await hasHeader(files, wal.path, walHeader))) throw changed();
}

/** `undefined` when the files became others while they were looked at. */
async function attemptToRead(files: Files, { cancel, pause }: LiveOptions): Promise<LiveDatabase | undefined> {
	const data = await readDataDirectory(files);
	if (data?.unusable !== undefined) throw new FileError("unreadable", DATABASE, data.unusable);
	const listed = data?.database;
	if (!listed) throw new FileError("not-found", DATABASE, `There is no ${DATABASE} in the data directory.`);
	await refuseHotJournal(files, listed.path);
	const base = await settledStat(files, listed, pause);
	if (!base) return undefined;
	const pageSize = await readPageSize(files, base);
	const log = data.wal && (await readLog(files, data.wal, pageSize, cancel));
	if (log === "changed" || !isSame(base, await files.stat(base.path))) return undefined;
	return { base, wal: log?.file, walHeader: log?.header ?? new Uint8Array(0), findings: log?.findings ?? [] };
}

async function readPageSize(files: Files, { path }: StoreFile): Promise<number> {
	try {
		return parseDatabaseHeader(await files.read(path, 0, DATABASE_HEADER_SIZE)).pageSize;
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		throw new FileError("unreadable", path, baseHeaderFinding(path, error, []).message);
	}
}

interface Log {
	readonly file: StoreFile;
	readonly header: Uint8Array;
	readonly findings: readonly Finding[];
}

async function readLog(
	files: Files,
	wal: StoreFile,
	pageSize: number,
	cancel: Cancellation | undefined,
): Promise<Log | "changed"> {
	const { path, sizeBytes } = wal;
	const header = await files.read(path, 0, WAL_HEADER_SIZE);
	const scan = await readLater(
		scanWal(sizeBytes, pageSize),
		({ offset, length }) => files.read(path, offset, length),
		cancel,
	);
	if (!(await hasHeader(files, path, header))) return "changed";
	const isAtRest = isSame(wal, await files.stat(path));
	// SQLite takes such a log for an empty one, in silence.
	if (scan.end.reason === "bad-header") {
		if (!isAtRest) return "changed";
		throw new FileError("unreadable", path, walFinding(path, scan.end, []).message);
	}
	const end = scan.header ? frameOffset(scan.framesApplied, pageSize) : 0;
	// Behind the last commit of a log that is being written lies what is being written.
	const findings = isAtRest && isDamage(scan.end) ? [droppedFinding(path, scan)] : [];
	return { file: { ...wal, sizeBytes: end }, header, findings };
}

function droppedFinding(path: string, { end, framesApplied }: WalScan): Finding {
	const finding = walFinding(path, end, []);
	return {
		...finding,
		severity: "warning",
		message: `${finding.message} As SQLite does, only the ${framesApplied} frames before it are used.`,
		advice: "A node that is started shows the same; compare with another node if that matters.",
	};
}

async function hasHeader(files: Files, path: string, header: Uint8Array): Promise<boolean> {
	if (!(await files.stat(path))) return false;
	const now = await files.read(path, 0, WAL_HEADER_SIZE);
	return now.byteLength === header.byteLength && now.every((byte, at) => byte === header[at]);
}

function isSame(file: StoreFile, now: Stat | undefined): boolean {
	return now?.kind === "file" && now.sizeBytes === file.sizeBytes && now.modifiedAt === file.modifiedAt;
}

function changed(): FileError {
	return new FileError(
		"unreadable",
		DATABASE,
		`The node wrote to ${DATABASE} while it was read. Try again; a node checkpoints when it takes a snapshot.`,
	);
}
