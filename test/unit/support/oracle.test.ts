import { describe, expect, onTestFinished, test } from "vitest";
import { type DatabaseOptions, LiveDatabase } from "../../support/sqlite/liveDatabase";
import { checkpoint, integrityCheck, queryAll } from "../../support/sqlite/oracle";

function open(options?: DatabaseOptions): LiveDatabase {
	const database = new LiveDatabase(options);
	onTestFinished(() => database.close());
	return database;
}

describe("a live database and SQLite's own checkpoint", () => {
	test.each([512, 1024, 4096, 65536])("agree on pages of %i bytes", (pageSize) => {
		const live = open({ pageSize });
		live.run("create table t(a integer primary key, b)");
		const base = live.file();
		live.transaction(() => {
			for (let row = 1; row <= 200; row++) live.run("insert into t values(?, ?)", row, `row ${row}`);
		});
		const first = live.cutWal();
		live.run("delete from t where a % 2; vacuum");
		const second = live.cutWal();

		const restored = checkpoint(base, [first, second]);

		expect(new DataView(first.buffer, first.byteOffset).getUint32(8)).toBe(pageSize);
		expect(Buffer.compare(restored, live.file())).toBe(0);
		expect(integrityCheck(restored)).toEqual(["ok"]);
		expect(queryAll(restored, "select count(*), min(b) from t")).toEqual([[100n, "row 10"]]);
		expect(queryAll(checkpoint(base, [first]), "select count(*) from t")).toEqual([[200n]]);
		expect(queryAll(base, "select count(*) from t")).toEqual([[0n]]);
	});

	test.each(["full", "incremental"] as const)("agree with auto_vacuum %s", (autoVacuum) => {
		const live = open({ autoVacuum });
		live.run("create table t(a); insert into t values(zeroblob(50000))");
		const base = live.file();
		live.run("delete from t; pragma incremental_vacuum");
		const restored = checkpoint(base, [live.cutWal()]);

		expect(Buffer.compare(restored, live.file())).toBe(0);
		expect(restored.byteLength).toBeLessThan(base.byteLength);
	});

	test("give exact values by position", () => {
		expect(open().all("select 9007199254740993, 1, 1.0, 1e999, 'é漢', x'00ff', null, 1 order by 1")).toEqual([
			[9007199254740993n, 1n, 1, Number.POSITIVE_INFINITY, "é漢", new Uint8Array([0, 255]), null, 1n],
		]);
	});

	test("say what is broken", () => {
		const live = open();
		live.run("create table t(a unique); insert into t values(1), (2)");
		const file = live.file();
		file.fill(0, 4096 * 2);
		expect(integrityCheck(file)).not.toEqual(["ok"]);
		expect(integrityCheck(file.subarray(100))).toEqual(["file is not a database"]);
	});
});

describe("the ends of a log that SQLite leaves", () => {
	const header = 32;
	const frame = 24 + 4096;
	const salt1 = (wal: Uint8Array, at: number) => Buffer.from(wal).readUInt32BE(at);

	test("frames of an older cycle", () => {
		const live = open();
		live.run("create table t(a); insert into t values(zeroblob(50000))");
		const base = live.file();
		live.run("update t set a = zeroblob(40000)");
		const longer = live.wal();
		live.restartWal();
		live.run("insert into t values(1)");
		const wal = live.cutWal();

		expect(wal.byteLength).toBe(longer.byteLength);
		expect(salt1(wal, header + 8)).toBe(salt1(wal, 16));
		expect(salt1(wal, wal.byteLength - frame + 8)).toBe(salt1(longer, 16));
		expect(Buffer.compare(checkpoint(base, [longer, wal]), live.file())).toBe(0);
	});

	test("a transaction in the middle", () => {
		const live = open();
		live.run("create table t(a)");
		const base = live.file();
		live.run("insert into t values(1)");
		const committed = live.wal();
		const wal = live.spill("insert into t select zeroblob(3000) from (values (1),(2),(3),(4),(5),(6),(7),(8),(9))");

		expect(wal.byteLength).toBeGreaterThan(committed.byteLength);
		expect(Buffer.compare(wal.subarray(0, committed.byteLength), committed)).toBe(0);
		expect(Buffer.compare(checkpoint(base, [wal]), checkpoint(base, [committed]))).toBe(0);
	});

	test("a rolled back transaction behind a smaller commit", () => {
		const live = open();
		live.run("create table t(a)");
		const base = live.file();
		live.run("insert into t values(1)");
		const spilled = live.spill("insert into t select zeroblob(3000) from (values (1),(2),(3),(4),(5),(6),(7),(8),(9))");
		live.run("insert into t values(2)");
		const wal = live.cutWal();

		expect(wal.byteLength).toBe(spilled.byteLength);
		expect(salt1(wal, wal.byteLength - frame + 8)).toBe(salt1(wal, 16));
		expect(Buffer.compare(checkpoint(base, [wal]), live.file())).toBe(0);
		expect(live.all("select a from t")).toEqual([[1n], [2n]]);
	});

	test("a new start", () => {
		const live = open();
		live.run("create table t(a)");
		live.file();
		live.run("insert into t values(1)");
		const before = live.cutWal();
		live.restart();
		live.run("insert into t values(2)");
		const after = live.cutWal();

		expect(salt1(before, 12)).toBeGreaterThan(0);
		expect(salt1(after, 12)).toBe(0);
	});
});
