import type { Entry, Files } from "../files";
import { statDataFile } from "../snapshot/dataFile";
import type { StoreFile } from "../snapshot/model";

/** Names in a data directory; see `src/core/FORMATS.md`, "A data directory". */
export const RAFT_LOG = "raft.db";
export const DATABASE = "db.sqlite";
export const DATABASE_WAL = "db.sqlite-wal";

/** Names that rqlite gives the store in its data directory. */
export const STORE_NAMES: ReadonlySet<string> = new Set(["snapshots", "rsnapshots", "wsnapshots"]);

/** A node's data directory as it was found on disk: plain data. Paths are relative to it. */
export interface DataDirectory {
	/** Whether it holds the Raft log, as that of a node does and that of many a copy does not. */
	readonly hasRaftLog: boolean;
	/** The live database, which the node answers from. */
	readonly database: StoreFile | undefined;
	/** The log beside it: what the node has written since it last checkpointed. */
	readonly wal: StoreFile | undefined;
	/** Why there is a database and nobody can open it, as a sentence: a link that leads out, a directory in its place. */
	readonly unusable: string | undefined;
}

/** Whether a listing is that of a directory which is a node's by itself, without a look at the store in it. */
export function isDataDirectory(entries: readonly Entry[]): boolean {
	return isFile(entries, RAFT_LOG) && isFile(entries, DATABASE);
}

function isFile(entries: readonly Entry[], wanted: string): boolean {
	return entries.some(({ name, kind }) => name === wanted && kind === "file");
}

/** The data directory that the port is made for, or `undefined` when it is none. Throws `FileError`. */
export async function readDataDirectory(files: Files): Promise<DataDirectory | undefined> {
	const [raftLog, database, wal] = [
		await statDataFile(files, RAFT_LOG),
		await statDataFile(files, DATABASE),
		await statDataFile(files, DATABASE_WAL),
	];
	if (raftLog.state === "absent" && database.state === "absent") return undefined;
	const unusable = [database, wal].find((file) => file.state === "unusable");
	return {
		hasRaftLog: raftLog.state === "present",
		database: database.state === "present" ? database.file : undefined,
		wal: wal.state === "present" ? wal.file : undefined,
		unusable: unusable?.state === "unusable" ? unusable.finding([]).message : undefined,
	};
}

/** The data directory of a store, and which directory that is. */
export interface DataDirectoryOfStore {
	readonly data: DataDirectory;
	/** The store's own directory, or the one that it lies in. */
	readonly is: "store" | "parent";
}

/**
 * The data directory that a store is, or lies in; `undefined` when there is none. Any directory may hold a database:
 * without a Raft log it counts beside a store that bears one of rqlite's names. Throws `FileError`.
 */
export async function readDataDirectoryOf(store: Files, parent: Files): Promise<DataDirectoryOfStore | undefined> {
	const own = await readDataDirectory(store);
	if (own?.hasRaftLog) return { data: own, is: "store" };
	const data = await readDataDirectory(parent);
	return data && (data.hasRaftLog || STORE_NAMES.has(store.name)) ? { data, is: "parent" } : undefined;
}
