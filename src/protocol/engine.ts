import type { WalEnd } from "../core/sqlite/walEnd";
import type { Finding } from "../core/verify/finding";

/**
 * What the page asks of an engine, wherever that runs. One request at a time is worked on; an engine that is busy
 * inside SQLite is cancelled by ending it and opening another.
 */
export interface EngineFunctions {
	/** Must come first, once. */
	open(chain: ChainBytes, options: OpenOptions): Promise<Opened>;
	/** Tables, views, indexes, triggers, by kind and name. */
	schema(): Promise<readonly SchemaObject[]>;
	/** Number of rows of a table or view, by its exact name. */
	countRows(name: string): Promise<number>;
	/** Starts the statements of `sql`, one cursor for the last that returns columns. Rows are fetched with `fetchRows`. */
	query(sql: string): Promise<QueryStarted>;
	/** The next rows of a cursor, at most `maxRows` and about 1 MiB. A cursor that is done is closed. */
	fetchRows(cursor: number, maxRows: number): Promise<RowBatch>;
	closeCursor(cursor: number): Promise<void>;
}

/** The bytes of a chain's files, in order. `Blob`s where the browser holds them: an engine can be opened again cheaply. */
export interface ChainBytes {
	readonly base: NamedBytes;
	readonly wals: readonly NamedBytes[];
}

export interface NamedBytes {
	/** Relative to the store. */
	readonly path: string;
	readonly bytes: Blob | Uint8Array;
}

export interface OpenOptions {
	/** Open a damaged chain up to the last sound commit before the damage. */
	readonly allowDamaged: boolean;
}

/** What the answers of an opened engine stand on. */
export interface ChainReport {
	readonly base: { readonly path: string; readonly pages: number };
	readonly pageSize: number;
	readonly pageCount: number;
	readonly wals: readonly WalReport[];
	/** Damage found while reading. Not empty only with `allowDamaged`, or in the refusal. */
	readonly findings: readonly Finding[];
}

export interface WalReport {
	readonly path: string;
	readonly frames: number;
	readonly framesApplied: number;
	readonly end: WalEnd;
}

export type Opened =
	| { readonly state: "open"; readonly report: ChainReport; readonly lazily: boolean; readonly sqliteVersion: string }
	/** The chain is damaged and `allowDamaged` was not set. Nothing is open. */
	| { readonly state: "damaged"; readonly report: ChainReport };

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
	/** `undefined` when no statement returned columns. */
	readonly cursor: number | undefined;
	readonly columns: readonly string[];
}

export interface RowBatch {
	/** `decodeRows` (rows.ts) reads it. */
	readonly rows: Uint8Array;
	readonly rowCount: number;
	readonly done: boolean;
}
