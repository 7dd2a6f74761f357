/** What the schema says of a table or view. */
export interface Structure {
	readonly columns: readonly ColumnStructure[];
	/** Of a table: stored by its key instead of a rowid, and with checked types. */
	readonly withoutRowid: boolean;
	readonly strict: boolean;
	readonly indexes: readonly IndexStructure[];
	/** Foreign keys of the table. */
	readonly refersTo: readonly ForeignKey[];
	/** Foreign keys that refer to it, of all tables. */
	readonly referredBy: readonly ForeignKey[];
	/** By name. */
	readonly triggers: readonly TriggerStructure[];
	/** What SQLite says of parts that it could not tell. */
	readonly problems: readonly string[];
}

export interface ColumnStructure {
	readonly name: string;
	/** As it is declared; empty for none. */
	readonly type: string;
	readonly affinity: Affinity;
	readonly notNull: boolean;
	/** An expression; `undefined` for none. */
	readonly defaultValue: string | undefined;
	/** Position in the primary key, from 1; 0 outside of it. */
	readonly keyPosition: number;
	readonly kind: "plain" | "hidden" | "virtual" | "stored";
}

/** What SQLite turns values into: https://www.sqlite.org/datatype3.html#type_affinity */
export type Affinity = "INTEGER" | "TEXT" | "BLOB" | "REAL" | "NUMERIC";

export interface IndexStructure {
	readonly name: string;
	readonly unique: boolean;
	/** Whether a WHERE clause leaves rows out. */
	readonly partial: boolean;
	readonly from: "statement" | "unique" | "primary-key";
	readonly columns: readonly IndexColumn[];
	/** The CREATE statement; `undefined` for automatic ones. */
	readonly sql: string | undefined;
}

export interface IndexColumn {
	/** `undefined` for an expression. */
	readonly name: string | undefined;
	readonly descending: boolean;
	readonly collation: string;
}

export interface ForeignKey {
	/** The table whose rows refer to rows of the other. */
	readonly table: string;
	readonly columns: readonly string[];
	readonly parent: string;
	/** `undefined` for its primary key. */
	readonly parentColumns: readonly string[] | undefined;
	readonly onUpdate: string;
	readonly onDelete: string;
}

export interface TriggerStructure {
	readonly name: string;
	readonly sql: string | undefined;
}
