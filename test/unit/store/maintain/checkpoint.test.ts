import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Disk, nodeDisk } from "../../../../src/store/disk/disk";
import { checkpoint } from "../../../../src/store/maintain/checkpoint";
import { storeErrorOf } from "../../../../src/store/storeError";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import * as oracle from "../../../support/sqlite/oracle";
import { sealWal } from "../../../support/sqlite/sealWal";
import { append, flipBit } from "../../../support/stores/damage";
import { picture } from "../../../support/stores/picture";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

/** The database after logs have been checkpointed into it one after the other, each of them twice. */
async function checkpointed(base: Uint8Array, wals: readonly Uint8Array[]): Promise<Buffer> {
	const directory = temporaryDirectory();
	const [database, log] = [join(directory, "base.sqlite"), join(directory, "wal")];
	writeFileSync(database, base);
	for (const wal of wals) {
		writeFileSync(log, wal);
		await checkpoint(nodeDisk, database, log);
		const once = readFileSync(database);
		await checkpoint(nodeDisk, database, log);
		expect(readFileSync(database).equals(once)).toBe(true);
		expect(readFileSync(log).equals(wal)).toBe(true);
	}
	return readFileSync(database);
}

const fill = (first: number, count: number) =>
	`with recursive n(a) as (values(${first}) union all select a + 1 from n where a < ${first + count - 1}) insert into t select a, randomblob(900) from n`;

const PAGE_SIZES = [512, 1024, 4096, 65_536];

test.each(PAGE_SIZES)(
	"equals SQLite's own, log by log: growing, vacuuming, growing again (pages of %i)",
	async (pageSize) => {
		const live = new LiveDatabase({ pageSize, autoVacuum: pageSize === 1024 ? "incremental" : "none" });
		try {
			live.run(`create table t(a integer primary key, b); ${fill(0, 400)}`);
			const base = live.file();
			const wals: Uint8Array[] = [];
			for (const statements of [
				fill(1000, 300),
				"delete from t where a < 350; vacuum",
				"update t set b = zeroblob(900) where a % 3 = 0",
				"delete from t; vacuum",
				"",
				`${fill(1, 500)}; pragma incremental_vacuum; drop table t; vacuum`,
			]) {
				live.run(statements);
				wals.push(live.cutWal());
				expect((await checkpointed(base, wals)).equals(live.file())).toBe(true);
			}
			expect((await checkpointed(base, wals)).equals(oracle.checkpoint(base, wals))).toBe(true);
		} finally {
			live.close();
		}
	},
);

test("equals SQLite's own where a log ends early: uncommitted, rolled back, left over from an older cycle", async () => {
	const live = new LiveDatabase({ pageSize: 1024 });
	try {
		live.run(`create table t(a integer primary key, b); ${fill(0, 50)}`);
		const base = live.file();
		live.run(fill(100, 20));
		const uncommitted = live.spill(fill(200, 400));
		const rolledBack = live.wal();
		live.run("update t set b = 1 where a = 3");
		live.restartWal();
		live.run("update t set b = 2 where a = 4");
		const leftOver = live.wal();
		for (const wals of [[uncommitted], [rolledBack], [rolledBack, leftOver]]) {
			expect((await checkpointed(base, wals)).equals(oracle.checkpoint(base, wals))).toBe(true);
		}
	} finally {
		live.close();
	}
});

test("reads logs whose checksums are over big-endian words", async () => {
	const live = new LiveDatabase({ pageSize: 1024 });
	live.run(`create table t(a integer primary key, b); ${fill(0, 50)}`);
	const base = live.file();
	live.run(fill(100, 20));
	const wal = live.cutWal();
	expect((await checkpointed(base, [sealWal(wal, { bigEndian: true })])).equals(live.file())).toBe(true);
	live.close();
});

test("cuts what a base has behind its last page, as SQLite does", async () => {
	const live = new LiveDatabase({ pageSize: 1024 });
	live.run(`create table t(a integer primary key, b); ${fill(0, 5)}`);
	const base = Buffer.concat([live.file(), Buffer.alloc(700, 1)]);
	live.run(fill(100, 1));
	const wal = live.cutWal();
	live.close();
	expect((await checkpointed(base, [wal])).equals(oracle.checkpoint(base, [wal]))).toBe(true);
});

test.each([
	["a flipped bit", (wal: string) => flipBit(wal, 700)],
	["a part of a frame at its end", (wal: string) => append(wal, new Uint8Array(100))],
	["a header that is none", (wal: string) => flipBit(wal, 0)],
])("a log with %s is refused before the first write", async (_, damage) => {
	const live = new LiveDatabase({ pageSize: 1024 });
	live.run(`create table t(a integer primary key, b); ${fill(0, 5)}`);
	const directory = temporaryDirectory();
	const [database, wal] = [join(directory, "base.sqlite"), join(directory, "wal")];
	writeFileSync(database, live.file());
	live.run(fill(100, 20));
	writeFileSync(wal, live.cutWal());
	live.close();
	damage(wal);
	const before = picture(directory);
	await expect(checkpoint(nodeDisk, database, wal)).rejects.toMatchObject({ name: "StoreError", code: "damaged" });
	expect(picture(directory)).toEqual(before);
});

test.each([
	["all are done", 0, "done"],
	["the first one fails, which the system tells once", 1, "disk-failed"],
])("syncs also while it writes, and says so when %s", async (_, failing, outcome) => {
	const live = new LiveDatabase({ pageSize: 4096 });
	live.run(`create table t(a integer primary key, b); ${fill(0, 5)}`);
	const directory = temporaryDirectory();
	const [database, wal] = [join(directory, "base.sqlite"), join(directory, "wal")];
	writeFileSync(database, live.file());
	live.run("insert into t select a + 100, zeroblob(1000000) from t");
	writeFileSync(wal, live.cutWal());
	const after = live.file();
	live.close();
	let syncs = 0;
	const disk: Disk = {
		...nodeDisk,
		async changeFile(path) {
			const file = await nodeDisk.changeFile(path);
			const sync = async () => {
				if (++syncs === failing) throw storeErrorOf(path, Object.assign(new Error("EIO"), { code: "EIO" }));
				await file.sync();
			};
			return { ...file, sync };
		},
	};

	const result = await checkpoint(disk, database, wal).then(
		() => "done",
		({ code }) => code,
	);

	expect(result).toBe(outcome);
	if (outcome === "done") {
		expect(syncs).toBeGreaterThan(1);
		expect(readFileSync(database).equals(after)).toBe(true);
	}
});
