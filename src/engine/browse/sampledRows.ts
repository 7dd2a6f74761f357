import type { Survey } from "../../protocol/browse";
import type { Row } from "../../protocol/values";
import type { Cursor } from "../cursor";
import type { SnapshotDatabase } from "../snapshotDatabase";
import { fromKey, keyColumns, keyOrder, Parameters } from "./keySql";
import type { RowFinder } from "./rowFinder";
import { forAbout } from "./rowFinder";
import type { TableLayout } from "./tableLayout";
import { valueSize } from "./valueSize";

export interface SampleLimits {
	/** Keys that are kept at most, and bytes of them; every second goes when there are more. */
	readonly keys: number;
	readonly bytes: number;
	/** Rows from one kept key to the next, at first. */
	readonly step: number;
}

const LIMITS: SampleLimits = { keys: 1 << 16, bytes: 16 << 20, step: 256 };

/**
 * All rows of a table in key order. The key of every so manieth is kept while they are counted, so that any row is a
 * search in the b-tree and a few steps away.
 */
export class SampledRows implements RowFinder {
	/** At the positions 0, `#step`, twice that, … */
	#keys: Row[] = [];
	#bytes = 0;
	#step: number;
	#rowCount = 0;
	/** At the row `#rowCount`; `undefined` when all are counted. */
	#counting: Cursor | undefined;

	constructor(
		private readonly database: SnapshotDatabase,
		private readonly table: TableLayout,
		private readonly limits = LIMITS,
	) {
		this.#step = limits.step;
		const { source, key } = table;
		this.#counting = database.query(`SELECT ${keyColumns(key)} FROM ${source} ORDER BY ${keyOrder(key)}`);
	}

	survey(ms: number): Survey {
		forAbout(ms, () => this.#countStep());
		return { rowCount: this.#rowCount, complete: this.#counting === undefined, full: false };
	}

	rows(first: number, maxRows: number): Cursor {
		const { source, key } = this.table;
		if (first >= this.#rowCount) return this.database.query(`SELECT * FROM ${source} LIMIT 0`);
		const sample = Math.floor(first / this.#step);
		const parameters = new Parameters();
		const from = this.#keys[sample];
		const where = from === undefined ? "" : `WHERE ${fromKey(key, from, parameters.place)}`;
		const offset = first - sample * this.#step;
		const sql = `SELECT * FROM ${source} ${where} ORDER BY ${keyOrder(key)} LIMIT ${maxRows} OFFSET ${offset}`;
		return this.database.query(sql, parameters.values);
	}

	close(): void {
		this.#counting?.close();
		this.#counting = undefined;
	}

	/** Keeps one key, and goes to the next to keep. */
	#countStep(): boolean {
		const cursor = this.#counting;
		const key = cursor?.next();
		if (cursor === undefined || key === undefined) {
			this.#counting = undefined;
			return false;
		}
		this.#keep(key);
		const between = this.#keys.length * this.#step - this.#rowCount - 1;
		const skipped = cursor.skip(between);
		this.#rowCount += 1 + skipped;
		if (skipped < between) this.#counting = undefined;
		return this.#counting !== undefined;
	}

	#keep(key: Row): void {
		this.#keys.push(key);
		this.#bytes += sizeOf(key);
		while (this.#keys.length > 1 && (this.#keys.length > this.limits.keys || this.#bytes > this.limits.bytes)) {
			this.#keys = this.#keys.filter((_, n) => n % 2 === 0);
			this.#bytes = this.#keys.reduce((sum, kept) => sum + sizeOf(kept), 0);
			this.#step *= 2;
		}
	}
}

function sizeOf(key: Row): number {
	return key.reduce<number>((sum, value) => sum + valueSize(value), 0);
}
