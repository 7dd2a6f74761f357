import type { Packing, Sidecar } from "../core/snapshot/model";
import type { ChainReport } from "../core/snapshot/openImage";
import type { BrowseFunctions } from "./browse";
import type { Measuring } from "./space";
import type { Structure } from "./structure";

export type { ChainReport, WalReport } from "../core/snapshot/openImage";

/**
 * What the page asks of an engine, wherever that runs. One request at a time is worked on; an engine that is busy
 * inside SQLite is cancelled by ending it and opening another. Where it reads files that others may change, every answer
 * is of the state that was opened: it fails with the code `changed` when one of them is no longer what it was.
 */
export interface EngineFunctions extends BrowseFunctions {
	/** Tables, views, indexes, triggers, by kind and name. */
	schema(): Promise<readonly SchemaObject[]>;
	/** Number of rows of a table or view, by its exact name. */
	countRows(name: string): Promise<number>;
	/** Columns, indexes, keys and triggers of a table or view, by its exact name. */
	structure(name: string): Promise<Structure>;
	/** Begins to measure what takes the space, or goes on, for a moment; to be asked until it is done. */
	measureSpace(): Promise<Measuring>;
	/**
	 * Starts the one statement in `sql`. Rows are fetched with `fetchRows`. `parameters`: the values for `?1`, `?2`, … as
	 * one row that `encodeRow` (rows.ts) made; parameters without one are NULL.
	 */
	query(sql: string, parameters?: Uint8Array): Promise<QueryStarted>;
	/** The next rows of a cursor, at most `maxRows` and about 1 MiB. A cursor that is done is closed. */
	fetchRows(cursor: number, maxRows: number): Promise<RowBatch>;
	closeCursor(cursor: number): Promise<void>;
}

/** An engine as its home sees it; `Chain` is how the files come there. */
export interface EngineOver<Chain> extends EngineFunctions {
	/** Must come first, once; again after `damaged`. */
	open(chain: Chain, options: OpenOptions): Promise<Opened>;
}

/** The bytes of a chain's files, in order. `Blob`s where the browser holds them: an engine can be opened again cheaply. */
export interface ChainBytes {
	/** Id of the snapshot. */
	readonly snapshot: string;
	readonly base: NamedBytes;
	readonly wals: readonly NamedBytes[];
	/** How many of `wals` an interrupted reap left (`SnapshotDescription.pending`). */
	readonly pending: number;
	/** See `Generation`. */
	readonly compacted?: boolean | undefined;
}

export interface NamedBytes {
	/** Relative to the store. */
	readonly path: string;
	readonly bytes: Blob | Uint8Array;
	readonly sidecar?: Sidecar | undefined;
	/** How the database lies in `bytes`; the engine unpacks it. */
	readonly packing?: Packing | undefined;
}

export interface OpenOptions {
	/** Open a damaged chain up to the last sound commit before the damage. */
	readonly allowDamaged: boolean;
}

export type Opened =
	| { readonly state: "open"; readonly report: ChainReport; readonly lazily: boolean }
	/** The chain is damaged and `allowDamaged` was not set, or would not help: `canOpen`. Nothing is open. */
	| { readonly state: "damaged"; readonly report: ChainReport; readonly canOpen: boolean };

export interface SchemaObject {
	readonly kind: "table" | "view" | "index" | "trigger";
	readonly name: string;
	/** For an index or trigger, the table it belongs to; else its own name. */
	readonly table: string;
	/** The CREATE statement; `undefined` for automatic indexes. */
	readonly sql: string | undefined;
	/** Why it cannot be queried here, for a virtual table whose module sql.js lacks. */
	readonly unusable?: string;
}

export interface QueryStarted {
	readonly cursor: number;
	/** Empty for a statement without a result. */
	readonly columns: readonly string[];
}

export interface RowBatch {
	/** `decodeRows` (rows.ts) reads it. */
	readonly rows: Uint8Array;
	readonly rowCount: number;
	readonly done: boolean;
}
