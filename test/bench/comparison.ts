import type { Contender } from "./contender";

/** Ways to the same answer, beside each other. */
export interface Comparison {
	readonly title: string;
	/** What is measured, in a sentence or two. */
	readonly about: string;
	/** This project's way first. Fewer than two where the machine lacks the programs of the others. */
	readonly contenders: readonly Contender[];
}

/** The store that all comparisons work on. */
export interface BenchStore {
	/** Absolute. */
	readonly directory: string;
	/** Absolute paths: the base, then the WALs of the newest snapshot's chain, in order. */
	readonly files: readonly string[];
	/** Whether the machine has the `sqlite3` shell. */
	readonly hasShell: boolean;
}
