import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeRows } from "../../../src/protocol/rows";
import { writeDatabaseWithHugeBlob } from "../../support/sqlite/databaseWithHugeBlob";
import { BROKEN_SCHEMA, MANY_COLUMNS, MANY_TABLES } from "../../support/sqlite/hostileSchemas";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { described } from "../webview/described";
import { hostHome } from "./hostHome";
import { openDatabase, rowsOf, written } from "./openDatabase";

/** A function that asks an engine in a thread over one database file; all rows of an answer at once. */
async function inThread(write: (file: string) => void) {
	const directory = temporaryDirectory();
	const path = "base.sqlite";
	write(join(directory, path));
	const { size, mtimeMs } = statSync(join(directory, path));
	const { home, served } = hostHome(directory);
	served.describe(described({ files: [{ path, sizeBytes: size, modifiedAt: mtimeMs }] }));
	const engine = await (await home.load())(() => {});
	expect(await engine.open({ allowDamaged: false })).toMatchObject({ state: "open" });
	return async (sql: string) => {
		const { cursor } = await engine.functions.query(sql);
		return decodeRows((await engine.functions.fetchRows(cursor, 10)).rows);
	};
}

test("a value of 900 MB is told of, refused with a reason, and the rest goes on", async () => {
	const ask = await inThread((file) => {
		writeDatabaseWithHugeBlob(file, 900_000_000);
		expect(statSync(file).size).toBeGreaterThan(900_000_000);
	});
	expect(await ask("select id, length(data) from big")).toEqual([[1n, 900_000_000n]]);
	await expect(ask("select data from big")).rejects.toThrow(/memory/);
	await expect(ask("select hex(data) from big")).rejects.toThrow(/memory|too big/);
	expect(await ask("select id from big")).toEqual([[1n]]);
});

test("the same value made on the spot is refused as well", async () => {
	const ask = await inThread((file) => writeFileSync(file, written("create table t(a)")));
	await expect(ask("select zeroblob(900000000)")).rejects.toThrow(/memory/);
	expect(await ask("select 1")).toEqual([[1n]]);
});

test("2,000 columns come out in their order", async () => {
	const [row] = rowsOf(await openDatabase(written(MANY_COLUMNS)), "select * from wide");
	expect(row).toEqual(Array.from({ length: 2000 }, (_, n) => BigInt(n)));
});

test("10,000 tables are listed", async () => {
	const database = await openDatabase(written(MANY_TABLES));
	expect(database.schema()).toHaveLength(10_001);
	expect(rowsOf(database, "select * from t9999")).toEqual([[1n]]);
});

describe("a schema with errors", () => {
	test("that SQLite cannot read is told as it tells it, with the object's name", async () => {
		const database = await openDatabase(written(BROKEN_SCHEMA));
		expect(() => rowsOf(database, "select * from t")).toThrow(/malformed database schema \(broken\)/);
	});

	test("a view of what is not there fails alone", async () => {
		const database = await openDatabase(
			written(
				"create table t(a); create view v as select * from t; insert into t values(1); pragma writable_schema = on; update sqlite_schema set sql = 'CREATE VIEW v AS SELECT * FROM gone' where name = 'v'",
			),
		);
		expect(() => rowsOf(database, "select * from v")).toThrow(/no such table: main\.gone/);
		expect(rowsOf(database, "select a from t")).toEqual([[1n]]);
	});
});
