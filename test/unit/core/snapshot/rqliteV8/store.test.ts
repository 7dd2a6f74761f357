import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NotAStoreError, readStore } from "../../../../../src/core/snapshot/catalog";
import { findStores } from "../../../../../src/core/snapshot/discover";
import { nodeFiles } from "../../../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../../../src/node/verifyDirectory";
import { cut, flipBit } from "../../../../support/stores/damage";
import { buildRqliteV8, type RqliteV8Builder, type Stage } from "../../../../support/stores/rqliteV8Store";
import { temporaryDirectory } from "../../../../support/stores/temporaryDirectory";
import { directoryNamed, findingLine, listedLayout, look } from "../look";

const A = "2-7-1000";
const B = "3-100-2000";
const C = "3-101-3000";

/** A store as it is told: a full snapshot A first, and one row in its table. */
function story(tell: (store: RqliteV8Builder) => void) {
	const directory = temporaryDirectory();
	const built = buildRqliteV8(directory, (store) => {
		store.database.run("create table t(a); insert into t values(1), (zeroblob(9000))");
		store.full(A);
		tell(store);
	});
	const at = (...parts: string[]) => join(directory, ...parts);
	return {
		directory,
		built,
		at,
		write: (path: string, text: string | Uint8Array = "") => writeFileSync(at(path), text),
		remove: (path: string) => rmSync(at(path), { recursive: true }),
		look: () => look(directory, built),
		verify: async () => {
			const { findings } = await verifyDirectory(directory, await readStore(nodeFiles(directory)));
			return findings.map(findingLine);
		},
	};
}

/** A, then an incremental snapshot B that came so far. */
function takeover(until: Stage) {
	return story((store) => {
		store.database.run("insert into t values(2), (zeroblob(20000))");
		store.incremental(B, until);
	});
}

describe("a sound store of rqlite 8 or 9", () => {
	test("has one snapshot, and raises nothing", async () => {
		const store = takeover("done");
		expect(await store.look()).toEqual([`${B} current: base`, `  ${B} full: exact`, `newest ${B}`]);
		expect(await store.verify()).toEqual([]);
		expect(readdirSync(store.directory).sort()).toEqual([B, `${B}.db`]);
	});

	test("raises nothing of a .data file, which means nothing", async () => {
		const store = takeover("done");
		store.write(`${B}/${B}.data`, "any");
		expect(await store.verify()).toEqual([]);
	});

	test("has the layout's name, and the path of each file", async () => {
		const store = await readStore(nodeFiles(takeover("done").directory));
		expect([store.layout, store.newest?.path, store.newest?.files.map(({ path }) => path)]).toEqual([
			"rqlite-v8",
			B,
			[`${B}.db`],
		]);
	});

	test("needs a full snapshot where FULL_NEEDED says so", async () => {
		const store = takeover("done");
		store.write("FULL_NEEDED");
		expect(await store.look()).toEqual([`${B} current: base`, `  ${B} full: exact`, `newest ${B}, full needed`]);
		expect(await store.verify()).toEqual([]);
	});
});

describe("an incremental snapshot that was cut short", () => {
	test("with its directory still .tmp is no snapshot, and its WAL is ignored", async () => {
		expect(await takeover("data").look()).toEqual([
			`! warning unfinished-snapshot ${B}.db-wal`,
			`! warning unfinished-snapshot ${B}.tmp`,
			`${A} current: base`,
			`  ${A} full: exact`,
			`newest ${A}`,
		]);
	});

	test("with its directory in place is the older database and its WAL; the older snapshot stays exact", async () => {
		const store = takeover("directory");
		expect(await store.look()).toEqual([
			`${A} current: base`,
			`  ${A} full: exact`,
			`  ${B} incremental: exact`,
			`    ! warning replay-pending ${B}.db-wal`,
			`newest ${B}`,
		]);
		expect(await store.verify()).toEqual([`! warning replay-pending ${B}.db-wal`]);
	});

	test.each(["renamed", "checkpointing"] as const)("%s is its database with the WAL applied", async (until) => {
		const store = takeover(until);
		expect(await store.look()).toEqual([
			`${A}: no base`,
			`  ${A} full: refused by snapshot-superseded`,
			`    ! info snapshot-superseded ${A}.db > ${A}`,
			`${B} current: base + ${B}.db-wal`,
			`  ${B} full: exact`,
			`    ! warning replay-pending ${B}.db-wal`,
			`newest ${B}`,
		]);
		expect(await store.verify()).toEqual([
			`! info snapshot-superseded ${A}.db > ${A}`,
			`! warning replay-pending ${B}.db-wal`,
		]);
	});

	test("checkpointed, with the emptied WAL and its index left beside it", async () => {
		const store = takeover("done");
		store.write(`${B}.db-wal`);
		store.write(`${B}.db-shm`, new Uint8Array(32768));
		expect(await store.look()).toEqual([
			`${B} current: base`,
			`  ${B} full: exact`,
			`    ! info wal-empty ${B}.db-wal`,
			`newest ${B}`,
		]);
	});

	test("without changes is the older database", async () => {
		expect(await story((store) => store.incremental(B, "directory")).look()).toEqual([
			`${A} current: base`,
			`  ${A} full: exact`,
			`  ${B} incremental: exact`,
			`    ! warning replay-pending ${B}`,
			`newest ${B}`,
		]);
	});

	test("without changes and renamed leaves the older directory, which is superseded", async () => {
		expect(await story((store) => store.incremental(B, "renamed")).look()).toEqual([
			`${A}: no base`,
			`  ${A} full: refused by snapshot-superseded`,
			`    ! info snapshot-superseded ${A}.db > ${A}`,
			`${B} current: base`,
			`  ${B} full: exact`,
			`newest ${B}`,
		]);
	});
});

describe("a full snapshot that was cut short", () => {
	const second = (until: Stage) =>
		story((store) => {
			store.database.run("delete from t");
			store.full(B, until);
		});

	test("with its directory still .tmp is no snapshot", async () => {
		expect(await second("data").look()).toEqual([
			`! warning unfinished-snapshot ${B}.db`,
			`! warning unfinished-snapshot ${B}.tmp`,
			`${A} current: base`,
			`  ${A} full: exact`,
			`newest ${A}`,
		]);
	});

	test("before the older one is removed leaves both whole", async () => {
		const store = second("directory");
		expect(await store.look()).toEqual([
			`${A}: base`,
			`  ${A} full: exact`,
			`${B} current: base`,
			`  ${B} full: exact`,
			`newest ${B}`,
		]);
		expect(await store.verify()).toEqual([]);
	});

	test("in the middle of the removal leaves a database without a directory", async () => {
		const store = second("directory");
		store.remove(A);
		expect(await store.look()).toEqual([
			`! info data-without-snapshot ${A}.db`,
			`${B} current: base`,
			`  ${B} full: exact`,
			`newest ${B}`,
		]);
	});
});

describe("damage", () => {
	test("the only snapshot without its database", async () => {
		const store = takeover("done");
		store.remove(`${B}.db`);
		store.write("2-9-500.db"); // keeps the layout recognisable
		expect(await store.look()).toEqual([
			"! info data-without-snapshot 2-9-500.db",
			`${B} current: no base`,
			`  ${B} full: refused by base-missing`,
			`    ! error base-missing ${B}.db > ${B}`,
			`newest ${B}`,
		]);
	});

	test("the newest one without its database, which it had: the older one is not taken for it", async () => {
		const store = story((store) => {
			store.database.run("insert into t values(2)");
			store.full(B, "directory");
		});
		store.write(`${B}/meta.json`, readFileSync(store.at(`${B}/meta.json`), "utf8").replace('"Size":0', '"Size":8192'));
		store.remove(`${B}.db`);
		expect(await store.look()).toEqual([
			`${A}: base`,
			`  ${A} full: exact`,
			`${B} current: no base`,
			`  ${B} full: refused by base-missing`,
			`    ! error base-missing ${B}.db > ${B}`,
			`newest ${B}`,
		]);
	});

	test("a WAL whose older database is gone too", async () => {
		const store = takeover("directory");
		store.remove(`${A}.db`);
		store.remove(A);
		store.write("2-9-500.db");
		expect(await store.look()).toEqual([
			"! info data-without-snapshot 2-9-500.db",
			`${B} current: no base`,
			`  ! error base-missing ${B} > ${B}`,
			`  ${B} incremental: refused by base-missing`,
			`    ! warning replay-pending ${B}.db-wal`,
			`newest ${B}`,
		]);
	});

	test("a directory with nothing of its own in the middle of a chain: what it changed is unknown", async () => {
		const store = story((store) => {
			store.incremental(B, "directory");
			store.database.run("insert into t values(3)");
			store.incremental(C, "directory");
		});
		expect(await store.look()).toEqual([
			`${A}: base`,
			`  ${A} full: exact`,
			`${B} current: no base`,
			`  ${B} full: refused by base-missing`,
			`    ! error base-missing ${B}.db > ${B} ${C}`,
			`  ${C} incremental: refused by base-missing`,
			`    ! warning replay-pending ${C}.db-wal`,
			`newest ${C}`,
		]);
	});

	test("a database that was cut, or is none", async () => {
		const short = takeover("done");
		cut(short.at(`${B}.db`), -4096);
		expect(await short.verify()).toEqual([`! error base-damaged ${B}.db > ${B}`]);
		const other = takeover("done");
		other.write(`${B}.db`, "no database");
		expect(await other.verify()).toEqual([`! error base-damaged ${B}.db > ${B}`]);
		expect(await other.look()).toContain(`  ${B} full: refused by base-damaged`);
	});

	test.each(["directory", "checkpointing"] as const)("a WAL with a flipped bit, stopped at %s", async (until) => {
		const store = takeover(until);
		flipBit(store.at(`${B}.db-wal`), 200);
		expect(await store.look()).toContain(
			`  ${B} ${until === "directory" ? "incremental" : "full"}: refused by wal-checksum-mismatch`,
		);
		expect(await store.verify()).toContain(`! error wal-checksum-mismatch ${B}.db-wal > ${B}`);
	});

	test("a WAL that was emptied before it was replayed", async () => {
		const store = takeover("directory");
		store.write(`${B}.db-wal`);
		expect(await store.look()).toEqual([
			`${A} current: base`,
			`  ${A} full: exact`,
			`  ${B} incremental: refused by wal-empty`,
			`    ! error wal-empty ${B}.db-wal > ${B}`,
			`newest ${B}`,
		]);
	});

	test("meta.json that is missing or unreadable: the directory's name stands in", async () => {
		const store = takeover("done");
		store.write(`${B}/meta.json`, "{");
		expect(await store.look()).toEqual([
			`${B} current: base`,
			`  ${B} full: exact`,
			`    ! error meta-unreadable ${B}/meta.json`,
			`newest ${B}`,
		]);
		store.remove(`${B}/meta.json`);
		expect(await store.look()).toContain(`    ! error meta-missing ${B}/meta.json`);
	});

	test("a directory in the place of the database, or of the WAL", async () => {
		const store = takeover("directory");
		store.remove(`${B}.db-wal`);
		mkdirSync(store.at(`${B}.db-wal`));
		expect(await store.look()).toEqual([
			`${A} current: base`,
			`  ${A} full: exact`,
			`  ${B} incremental: refused by not-a-file`,
			`    ! error not-a-file ${B}.db-wal > ${B}`,
			`newest ${B}`,
		]);
		mkdirSync(store.at(`${B}.db`));
		expect(await store.look()).toContain(`  ${B} full: refused by not-a-file, not-a-file`);
	});
});

describe("what else lies there", () => {
	test("is told, and ignored", async () => {
		const store = takeover("done");
		store.write("notes.txt");
		store.write(`${B}/x`);
		store.write(A, "a file, no directory");
		store.write("2-8-1500.db-wal");
		store.write("2-8-1500.db-shm");
		mkdirSync(store.at("else"));
		mkdirSync(store.at("2-8-1600.db"));
		expect((await store.verify()).sort()).toEqual([
			"! info data-without-snapshot 2-8-1500.db-wal",
			`! info stray-entry ${A}`,
			"! info stray-entry 2-8-1600.db",
			`! info stray-entry ${B}/x`,
			"! info stray-entry else",
			"! info stray-entry notes.txt",
		]);
	});

	test("links are followed inside the store alone", async () => {
		const store = takeover("done");
		renameSync(store.at(`${B}.db`), store.at("elsewhere"));
		symlinkSync("elsewhere", store.at(`${B}.db`));
		expect(await store.look()).toContain(`  ${B} full: exact`);

		const outside = join(temporaryDirectory(), "database");
		renameSync(store.at("elsewhere"), outside);
		store.remove(`${B}.db`);
		symlinkSync(outside, store.at(`${B}.db`));
		symlinkSync("nowhere", store.at("loose"));
		expect(await store.look()).toEqual([
			"! info link-broken loose",
			`${B} current: no base`,
			`  ${B} full: refused by link-outside`,
			`    ! error link-outside ${B}.db > ${B}`,
			`newest ${B}`,
		]);
	});

	test("a link in the place of a snapshot's directory: the data beside it stays readable", async () => {
		const store = takeover("done");
		const outside = join(temporaryDirectory(), "directory");
		renameSync(store.at(B), outside);
		symlinkSync(outside, store.at(B));
		expect(await store.look()).toEqual([
			`${B} current: base`,
			`  ${B} full: exact`,
			`    ! error link-outside ${B}`,
			`newest ${B}`,
		]);
	});
});

describe("a directory is taken for one", () => {
	test("by the database in it, wherever it lies", async () => {
		const above = temporaryDirectory();
		cpSync(takeover("done").directory, join(above, "copy"), { recursive: true });
		expect(await listedLayout(join(above, "copy"))).toBe("rqlite-v8");
		cpSync(join(above, "copy"), join(above, "rsnapshots.tmp"), { recursive: true }); // of an upgrade
		expect((await findStores(nodeFiles(above))).paths).toEqual(["copy"]);
		expect(await listedLayout(join(above, "rsnapshots.tmp"))).toBe("rqlite-v8");
	});

	test("by its name, where it is empty or all data is gone, and only when it is asked for", async () => {
		const empty = directoryNamed("rsnapshots");
		expect(await look(empty, [])).toEqual(["newest undefined, full needed"]);
		expect(await listedLayout(empty)).toBe("rqlite-v8");
		expect((await findStores(nodeFiles(join(empty, "..")))).paths).toEqual([]);
		expect(await listedLayout(directoryNamed("rsnapshots", B))).toBe("rqlite-v8");
		expect(await listedLayout(directoryNamed("rsnapshots", `${B}.tmp`))).toBe("rqlite-v8");
	});

	test("not by its name alone where something else is in it", async () => {
		await expect(listedLayout(directoryNamed("rsnapshots", "src"))).rejects.toThrow(NotAStoreError);
		await expect(listedLayout(directoryNamed("other"))).rejects.toThrow(NotAStoreError);
	});
});
