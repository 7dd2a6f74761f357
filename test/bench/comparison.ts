import type { Contender } from "./contender";

/** Ways to the same answer, beside each other. */
export interface Comparison {
	readonly title: string;
	/** What is measured, in a sentence or two. */
	readonly about: string;
	/** This project's way first. Fewer than two where the machine lacks the programs of the others. */
	readonly contenders: readonly Contender[];
	/** How many times as fast as the second the first one is meant to be, at least. */
	readonly goal?: number;
}

/** The store that all comparisons work on. */
export interface BenchStore {
	/** Absolute. */
	readonly directory: string;
	/** Absolute paths: the base, then the WALs of the newest snapshot's chain, in order. */
	readonly files: readonly string[];
	/** Whether the machine has the `sqlite3` shell. */
	readonly hasShell: boolean;
	/** The newest snapshot as one file, for those that need that. Absolute. */
	readonly restored: string;
	/** Where better-sqlite3 is installed; `undefined` where it cannot be. Absolute. */
	readonly betterSqlite: string | undefined;
}
