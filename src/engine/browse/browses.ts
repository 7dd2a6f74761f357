import type { BrowseSpec, BrowseStarted, Survey } from "../../protocol/browse";
import type { RowBatch } from "../../protocol/engine";
import { readBatch } from "../readBatch";
import type { SnapshotDatabase } from "../snapshotDatabase";
import type { RowFinder } from "./rowFinder";
import { startBrowse } from "./startBrowse";

/** The browses that are open in an engine, by number. */
export class Browses {
	readonly #finders = new Map<number, RowFinder>();
	#last = 0;

	/** Throws `SqlError`. */
	start(database: SnapshotDatabase, spec: BrowseSpec): BrowseStarted {
		const { columns, finder } = startBrowse(database, spec);
		if (finder === undefined) return { browse: undefined, columns };
		this.#finders.set(++this.#last, finder);
		return { browse: this.#last, columns };
	}

	/** Throws `SqlError`. */
	survey(browse: number, ms: number): Survey {
		return this.#finder(browse).survey(ms);
	}

	/** Throws `SqlError`. */
	rows(browse: number, first: number, maxRows: number): RowBatch {
		const cursor = this.#finder(browse).rows(first, maxRows);
		try {
			return readBatch(cursor, maxRows);
		} finally {
			cursor.close();
		}
	}

	close(browse: number): void {
		this.#finders.get(browse)?.close();
		this.#finders.delete(browse);
	}

	/** Ends them all, before their database is closed. */
	clear(): void {
		for (const browse of [...this.#finders.keys()]) this.close(browse);
	}

	#finder(browse: number): RowFinder {
		const finder = this.#finders.get(browse);
		if (finder === undefined) throw new Error("The browse is closed.");
		return finder;
	}
}
