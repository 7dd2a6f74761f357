import type { Finding } from "../verify/finding";

/** A snapshot store as it was found on disk: plain data, a moment's view. All paths are relative to the store. */
export interface Store {
	readonly layout: LayoutName;
	/** Oldest first. */
	readonly generations: readonly Generation[];
	/** Findings on the store's own directories; those on a generation or a snapshot are with it. */
	readonly findings: readonly Finding[];
	/** Whether the next snapshot must be a full one: no generation, or the current one has no base. */
	readonly fullNeeded: boolean;
	/** The newest snapshot of the newest generation that has one, sound or not. */
	readonly newest: Snapshot | undefined;
	/** What the node will do at its next start, where it was stopped in a reap that it had planned on disk. */
	readonly pendingReap?: PendingReap;
}

/** A plan of a node. Nothing but the node carries it out. */
export interface PendingReap {
	/** Of the file that holds it. */
	readonly path: string;
	/** In the order in which the node takes them, those that are done already included: it repeats them. */
	readonly steps: readonly ReapStep[];
}

export interface ReapStep {
	/** In the imperative: "remove the directory 2-9-1795389523002". */
	readonly what: string;
	/** The files and directories that it is about, as far as they are in this store. */
	readonly paths: readonly string[];
}

export type LayoutName = "generations" | "rqlite-v7" | "rqlite-v8" | "rqlite-v10";

/** A base and the snapshots that follow from it. Layouts without generations have one for each full snapshot. */
export interface Generation {
	/** The directory's name, ten digits where rqlite wrote it; in other layouts the id of the full snapshot. */
	readonly name: string;
	readonly path: string;
	/** Whether it is the newest one. */
	readonly current: boolean;
	readonly base: StoreFile | undefined;
	/** WALs that an interrupted reap left between base and the oldest snapshot, in the order in which they apply. */
	readonly pending: readonly StoreFile[];
	/** Whether its WALs hold the newest version of each page alone: the commits inside one are no states. */
	readonly compacted: boolean;
	/** Oldest first: by term, then index, then id, as numbers. */
	readonly snapshots: readonly Snapshot[];
	readonly findings: readonly Finding[];
}

export interface Snapshot {
	/** The directory's name: `<term>-<index>-<unix milliseconds>`. */
	readonly id: string;
	readonly path: string;
	/** Name of its generation. */
	readonly generation: string;
	/** uint64. */
	readonly term: bigint;
	/** uint64. */
	readonly index: bigint;
	/** `undefined` when the id's milliseconds are no time that can be shown. */
	readonly createdAt: Date | undefined;
	readonly kind: SnapshotKind;
	/** Its own data: the base of a full snapshot, then its WALs. Empty when all of that is missing. */
	readonly files: readonly StoreFile[];
	/** Those of `files` that are WALs, in the order in which they apply. */
	readonly wals: readonly StoreFile[];
	/** Of its own data files. */
	readonly sizeBytes: number;
	/** What `meta.json` says, as far as it could be read. */
	readonly meta: SnapshotMeta | undefined;
	/** What is wrong with this snapshot's own files. What its chain inherits is `chainOf`'s answer. */
	readonly findings: readonly Finding[];
}

export type SnapshotKind = "full" | "incremental";

/** A regular file of the store. Size and time are those at the time of listing: opening compares them. */
export interface StoreFile {
	readonly path: string;
	readonly sizeBytes: number;
	readonly modifiedAt: number;
	/** Where a file beside it tells the checksum of the whole file. */
	readonly sidecar?: Sidecar;
	/** How the database lies in the file, where it is not the file itself. */
	readonly packing?: Packing;
}

/** A `state.bin` of rqlite 7. */
export interface Packing {
	readonly kind: "rqlite-v7-state";
	/** CRC-64 of the whole file as `meta.json` gives it, sixteen hexadecimal digits. */
	readonly crc64?: string | undefined;
}

/** What the checksum file of rqlite 10 beside a data file says. */
export interface Sidecar {
	readonly path: string;
	/** CRC-32C of the whole data file, unsigned. */
	readonly crc32c: number;
}

/** `meta.json`, see `src/core/FORMATS.md`. A field that is missing or of the wrong type is `undefined`. */
export interface SnapshotMeta {
	readonly version: number | undefined;
	readonly id: string | undefined;
	readonly index: bigint | undefined;
	readonly term: bigint | undefined;
	readonly full: boolean | undefined;
	readonly sizeBytes: bigint | undefined;
	/** CRC-64 of the data file, sixteen hexadecimal digits. Only rqlite 7 writes it. */
	readonly crc64?: string | undefined;
	readonly configurationIndex: bigint | undefined;
	/** Servers of the Raft configuration, in the file's order. */
	readonly servers: readonly RaftServer[];
}

export interface RaftServer {
	readonly id: string;
	readonly address: string;
	readonly suffrage: "voter" | "nonvoter" | "staging";
}

/** The files that make one snapshot's state, in the order in which they apply. */
export interface Chain {
	/** `undefined` when the generation has none; `broken` then says so. */
	readonly base: StoreFile | undefined;
	readonly wals: readonly StoreFile[];
	/** How many of `wals`, from the first, an interrupted reap left: the base may hold part of them already. */
	readonly pending: number;
	/** See `Generation`. */
	readonly compacted: boolean;
	/** What makes the chain incomplete before a byte of it is read. Empty: every file is there. */
	readonly broken: readonly Finding[];
}
