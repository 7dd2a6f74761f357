import type { BrowseSpec, BrowseStarted, Survey } from "../../protocol/browse";
import type { RowBatch } from "../../protocol/engine";
import { OpenHandles } from "../openHandles";
import { readBatch } from "../readBatch";
import type { SnapshotDatabase } from "../snapshotDatabase";
import type { RowFinder } from "./rowFinder";
import { startBrowse } from "./startBrowse";

/** The browses that are open in an engine. */
export class Browses {
	readonly #finders = new OpenHandles<RowFinder>("browse");

	/** Throws `SqlError`. */
	start(database: SnapshotDatabase, spec: BrowseSpec): BrowseStarted {
		const { finder, ...shown } = startBrowse(database, spec);
		return { browse: finder && this.#finders.add(finder), ...shown };
	}

	/** Throws `SqlError` and `ClosedError`. */
	survey(browse: number, ms: number): Survey {
		return this.#finders.get(browse).survey(ms);
	}

	/** Throws `SqlError` and `ClosedError`. */
	rows(browse: number, first: number, maxRows: number): RowBatch {
		const cursor = this.#finders.get(browse).rows(first, maxRows);
		try {
			return readBatch(cursor, maxRows);
		} finally {
			cursor.close();
		}
	}

	close(browse: number): void {
		this.#finders.close(browse);
	}

	/** Ends them all, before their database is closed. */
	clear(): void {
		this.#finders.clear();
	}
}
