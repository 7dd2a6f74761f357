import type { BrowseSpec, Survey } from "../../protocol/browse";
import type { Cursor } from "../cursor";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { filterSql, orderSql } from "./browseSql";
import { KeyList } from "./keyList";
import { collated, keyColumns, keyOrder, Parameters } from "./keySql";
import { forAbout, type RowFinder } from "./rowFinder";
import type { TableLayout } from "./tableLayout";

/** Bytes of keys that are kept at most: of rowids, about seven millions. */
const MAX_BYTES = 64 << 20;
/** Rows between two looks at the clock. */
const STEP = 64;

/** The rows of a table that pass filters, or all of them in an order of their own: their keys are collected once. */
export class CollectedRows implements RowFinder {
	readonly #keys: KeyList;
	/** `undefined` when no more are looked for. */
	#collecting: Cursor | undefined;
	#full = false;

	constructor(
		private readonly database: SnapshotDatabase,
		private readonly table: TableLayout,
		{ filters, order }: BrowseSpec,
		private readonly maxBytes = MAX_BYTES,
	) {
		const { source, key } = table;
		const parameters = new Parameters();
		const where = filterSql(filters, parameters.place);
		// An index that is read backwards has the rows of equal values backwards too.
		const last = keyOrder(key, order.at(-1)?.descending);
		const by = [orderSql(order), last].filter((part) => part !== undefined).join(", ");
		const sql = `SELECT ${keyColumns(key)} FROM ${source} ${where === undefined ? "" : `WHERE ${where}`} ORDER BY ${by}`;
		this.#keys = new KeyList(key.length);
		this.#collecting = database.query(sql, parameters.values);
	}

	survey(ms: number): Survey {
		forAbout(ms, () => this.#collect());
		return { rowCount: this.#keys.count, complete: this.#collecting === undefined && !this.#full, full: this.#full };
	}

	rows(first: number, maxRows: number): Cursor {
		const { source, key } = this.table;
		const parameters = new Parameters();
		const keys = this.#keys.slice(first, maxRows);
		if (keys.length === 0) return this.database.query(`SELECT * FROM ${source} LIMIT 0`);
		const values = keys.map((values) => `(${values.map(parameters.place).join(", ")})`).join(", ");
		const same = key.map((part, n) => `${collated(part, "t")} = k.column${n + 1}`).join(" AND ");
		// A cross join looks up the one after the other, in this order.
		const sql = `SELECT t.* FROM (VALUES ${values}) AS k CROSS JOIN ${source} AS t ON ${same}`;
		return this.database.query(sql, parameters.values);
	}

	close(): void {
		this.#collecting?.close();
		this.#collecting = undefined;
	}

	#collect(): boolean {
		for (let n = 0; n < STEP; n++) {
			const key = this.#collecting?.next();
			if (key === undefined) {
				this.#collecting = undefined;
				return false;
			}
			this.#keys.add(key);
		}
		if (this.#keys.sizeBytes < this.maxBytes) return true;
		this.#full = true;
		this.close();
		return false;
	}
}
