import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { DatabaseCheck } from "../../src/core/sqlite/btree/databaseCheck";
import { allRows } from "../../src/engine/allRows";
import { SalvageCursor } from "../../src/engine/salvageCursor";
import { SnapshotDatabase } from "../../src/engine/snapshotDatabase";
import { SqlError } from "../../src/engine/sqlError";
import { loadSqlite, type Sqlite } from "../../src/engine/sqlite";
import { pageSizeOf, wholeImage } from "../support/images/wholeImage";
import { projectRoot } from "../support/projectRoot";
import { MemorySqlite } from "../support/sqlite/memorySqlite";
import { changes, formats } from "./databases";
import { damaged, damages } from "./pageDamage";
import { runs } from "./runs";

let memory: MemorySqlite;
let sqlite: Sqlite;
beforeAll(async () => {
	// First: sql.js starts once in a thread, and another start would not show its memory.
	sqlite = await loadSqlite(readFileSync(join(projectRoot, "node_modules/sql.js/dist/sql-wasm.wasm")));
	memory = await MemorySqlite.load();
});

const TABLES = ["a", "b", "c", "d"];

/** What is rescued of every table that SQLite still knows; `undefined` for those that it does not. */
function rescued(file: Uint8Array, pageSize: number): (readonly string[] | undefined)[] {
	const image = wholeImage(file, pageSize);
	const database = new SnapshotDatabase(sqlite, image);
	try {
		return TABLES.map((table) => {
			try {
				const cursor = new SalvageCursor(database, image, table);
				const rows: string[] = [];
				for (let row = cursor.next(); row; row = cursor.next()) rows.push(String(row));
				expect(cursor.skippedCount).toBeGreaterThanOrEqual(cursor.skipped.length);
				// More rows than there ever were would be rows that are told twice.
				expect(rows.length).toBeLessThan(20_000);
				return rows;
			} catch (error) {
				if (error instanceof SqlError) return undefined;
				throw error;
			}
		});
	} finally {
		database.close();
	}
}

test("of a sound database every row is rescued, and every page has its use", () => {
	fc.assert(
		fc.property(formats, fc.array(changes, { minLength: 1, maxLength: 8 }), (format, steps) => {
			const file = steps.reduce((state, step) => memory.write(step, state), memory.write(format));
			const pageSize = pageSizeOf(file);
			const database = new SnapshotDatabase(sqlite, wholeImage(file));
			const known = new Set(allRows(database, "SELECT name FROM sqlite_schema").flat());
			const whole = TABLES.map((table) =>
				known.has(table) ? allRows(database, `SELECT * FROM ${table} NOT INDEXED`).map(String) : undefined,
			);
			database.close();
			expect(rescued(file, pageSize)).toEqual(whole);
			const check = new DatabaseCheck();
			check.check(wholeImage(file));
			expect(check.space()).toMatchObject({ lostPages: 0 });
		}),
		{ numRuns: runs(15) },
	);
});

test("whatever a damage is, rescuing ends, and pages add up", () => {
	const inflicted = fc.array(damages, { minLength: 3, maxLength: 12 });
	fc.assert(
		fc.property(formats, fc.array(changes, { minLength: 2, maxLength: 6 }), inflicted, (format, steps, inflicted) => {
			const file = steps.reduce((state, step) => memory.write(step, state), memory.write(format));
			const pageSize = pageSizeOf(file);
			for (const damage of inflicted) {
				const broken = damaged(file, pageSize, damage, memory.write(format));
				const check = new DatabaseCheck();
				check.check(wholeImage(broken, pageSize));
				const space = check.space();
				if (space !== undefined) {
					const { objects, freePages, pointerMapPages, lockBytePages, lostPages } = space;
					const inTrees = objects.map((each) => each.interiorPages + each.leafPages + each.overflowPages);
					const all = [...inTrees, freePages, pointerMapPages, lockBytePages, lostPages];
					expect(all.reduce((sum, pages) => sum + pages, 0)).toBe(space.pageCount);
				}
				try {
					rescued(broken, pageSize);
				} catch (error) {
					// A header that makes no sense is refused before there is a table to ask for.
					expect(["FormatError", "SqlError"], JSON.stringify(damage)).toContain((error as Error).name);
				}
			}
		}),
		{ numRuns: runs(15) },
	);
});
