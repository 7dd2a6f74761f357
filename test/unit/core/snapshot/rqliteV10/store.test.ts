import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileError } from "../../../../../src/core/files";
import { NotAStoreError, readStore } from "../../../../../src/core/snapshot/catalog";
import { findStores } from "../../../../../src/core/snapshot/discover";
import { nodeFiles } from "../../../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../../../src/node/verifyDirectory";
import { temporaryDirectory } from "../../../../support/stores/temporaryDirectory";
import { findingLine, look, withErrors } from "../look";
import { A, ALL, B, C, D, sound, story } from "./story";

describe("a sound store", () => {
	test("is listed oldest first, its numbers compared as numbers; several WALs of a snapshot apply by name", async () => {
		const store = story();
		expect(await store.look()).toEqual(sound());
		const [chain] = (await store.read()).generations;
		expect(chain?.snapshots.map(({ files }) => files.map(({ path }) => path))).toEqual([
			[`${A}/data.db`],
			store.wals(B),
			store.wals(C),
			store.wals(D),
		]);
		expect(chain?.snapshots[2]?.wals).toHaveLength(2);
	});

	test("raises nothing when all of it is verified", async () => {
		const store = story();
		const { findings } = await verifyDirectory(store.directory, await store.read());
		expect(findings.map(findingLine)).toEqual([]);
	});

	test("can have several full snapshots; an incremental one goes on from the nearest before it", async () => {
		const store = story((builder) => {
			builder.database.run("insert into t values(5)");
			builder.full("3-110-5000");
			builder.database.run("insert into t values(6)");
			builder.incremental("3-111-6000");
		});
		expect(await store.look()).toEqual([
			...sound()
				.slice(0, -1)
				.map((line) => line.replace(" current", "")),
			"3-110-5000 current: base",
			"  3-110-5000 full: exact",
			"  3-111-6000 incremental: exact",
			"newest 3-111-6000",
		]);
	});

	test("can have a full snapshot with the leader's WALs, of the same term and index as the one before it", async () => {
		const store = story((builder) => {
			builder.received("3-106-5000");
			builder.database.run("insert into t values(5)");
			builder.incremental("3-107-6000");
		});
		expect(await store.look()).toEqual([
			...sound()
				.slice(0, -1)
				.map((line) => line.replace(" current", "")),
			"3-106-5000 current: base",
			"  3-106-5000 full: exact",
			"  3-107-6000 incremental: exact",
			"newest 3-107-6000",
		]);
		expect((await store.read()).newest?.generation).toBe("3-106-5000");
		expect(store.wals("3-106-5000").map((path) => path.slice(-17))).toEqual([
			"data-00000000.wal",
			"data-00000001.wal",
			"data-00000002.wal",
			"data-00000003.wal",
		]);
	});

	test("may begin its WALs' names anew, after a restart", async () => {
		const store = story((builder) => {
			builder.restart();
			builder.database.run("insert into t values(5)");
			builder.incremental("3-107-5000");
		});
		expect((await store.look()).slice(-2)).toEqual(["  3-107-5000 incremental: exact", "newest 3-107-5000"]);
		expect(store.wals("3-107-5000")[0]).toMatch(/-000001\.wal$/);
	});

	test("is reaped to a single snapshot, with files of SQLite's that mean nothing", async () => {
		const store = story((builder) => builder.reap("3-106-5000"));
		store.write("3-106-5000/data.db-shm", new Uint8Array(32768));
		store.write("3-106-5000/data.db-wal");
		expect(await store.look()).toEqual(["3-106-5000 current: base", "  3-106-5000 full: exact", "newest 3-106-5000"]);
		expect((await store.read()).pendingReap).toBeUndefined();
	});

	test("says with FULL_NEEDED that the next snapshot must be a full one", async () => {
		const store = story();
		store.write("FULL_NEEDED");
		expect(await store.look()).toEqual([...sound().slice(0, -1), `newest ${D}, full needed`]);
	});

	test("can have names with a fourth number, which comes last in their order", async () => {
		const store = story((builder) => {
			builder.database.run("insert into t values(5)");
			builder.full("3-110-5000-9");
			builder.database.run("insert into t values(6)");
			builder.incremental("3-110-5000-10");
		});
		expect((await store.look()).slice(-4)).toEqual([
			"3-110-5000-9 current: base",
			"  3-110-5000-9 full: exact",
			"  3-110-5000-10 incremental: exact",
			"newest 3-110-5000-10",
		]);
	});
});

describe("what gives the layout away", () => {
	const layoutOf = async (directory: string) => (await readStore(nodeFiles(directory))).layout;

	test("a database or a WAL in a snapshot's directory, or a plan", async () => {
		const directory = temporaryDirectory();
		const make = (name: string, path: string) => {
			const store = join(directory, name);
			cpSync(story().at(B), join(store, path), { recursive: true });
			return store;
		};
		expect(await layoutOf(make("wal", B))).toBe("rqlite-v10");
		await expect(layoutOf(make("other", "x"))).rejects.toThrow(NotAStoreError);
		const store = story();
		for (const id of [A, B, C, D]) store.remove(id);
		store.write("REAP_PLAN", '{"ops":[]}');
		expect(await layoutOf(store.directory)).toBe("rqlite-v10");
	});

	test("below a node's directory, where WALs that wait for a snapshot are none", async () => {
		const node = temporaryDirectory();
		const store = story();
		cpSync(store.directory, join(node, "wsnapshots"), { recursive: true });
		cpSync(store.at(B), join(node, "wal-staging"), { recursive: true });
		expect((await findStores(nodeFiles(node))).paths).toEqual(["wsnapshots"]);
	});

	test("its name, where snapshots are broken or unfinished", async () => {
		const node = temporaryDirectory();
		const found = async () => (await findStores(nodeFiles(node))).paths;
		mkdirSync(join(node, "wsnapshots", "2-7-1000.tmp"), { recursive: true });
		expect(await found()).toEqual(["wsnapshots"]);
		mkdirSync(join(node, "wsnapshots", "2-7-1000"));
		expect(await found()).toEqual(["wsnapshots"]);
		// What is in it wins over the name.
		writeFileSync(join(node, "wsnapshots", "2-7-1000", "state.bin"), "");
		expect(await readStore(nodeFiles(join(node, "wsnapshots")))).toMatchObject({ layout: "rqlite-v7" });
		writeFileSync(join(node, "wsnapshots", "2-7-1000.db"), "");
		expect(await readStore(nodeFiles(join(node, "wsnapshots")))).toMatchObject({ layout: "rqlite-v8" });
	});

	test("its name, while it is empty, for the directory that was asked for", async () => {
		const directory = join(temporaryDirectory(), "wsnapshots");
		mkdirSync(directory);
		expect(await look(directory, [])).toEqual(["newest undefined, full needed"]);
		expect(await layoutOf(directory)).toBe("rqlite-v10");
		expect((await findStores(nodeFiles(join(directory, "..")))).paths).toEqual([]);
	});
});

describe("what an upgrade from rqlite 8 or 9 leaves when it is cut short", () => {
	test("is not found beside the store that it copies", async () => {
		const node = temporaryDirectory();
		cpSync(story().directory, join(node, "wsnapshots.tmp"), { recursive: true });
		expect((await findStores(nodeFiles(node))).paths).toEqual([]);
	});

	test("is told when asked for", async () => {
		const copy = join(temporaryDirectory(), "wsnapshots.tmp");
		const store = story();
		cpSync(store.directory, copy, { recursive: true });
		expect(await look(copy, store.built)).toEqual(sound({ store: ["! warning unfinished-upgrade ."] }));
	});
});

describe("data that is missing", () => {
	test("the database of a full snapshot: its chain cannot be read", async () => {
		const store = story();
		store.remove(`${A}/data.db`);
		expect(await store.look()).toEqual([
			`${A} current: no base`,
			`  ${A} full: refused by base-missing`,
			`    ! error base-missing ${A}/data.db > ${ALL}`,
			`  ${B} incremental: refused by base-missing`,
			`  ${C} incremental: refused by base-missing`,
			`  ${D} incremental: refused by base-missing`,
			`newest ${D}`,
		]);
	});

	test("the database of one with the leader's WALs, and its checksum: it does not go on from the chain before it", async () => {
		const store = story((builder) => builder.received("3-106-5000"));
		store.remove("3-106-5000/data.db");
		store.remove("3-106-5000/data.db.crc32");
		expect((await store.look()).slice(-4)).toEqual([
			"3-106-5000 current: no base",
			"  3-106-5000 full: refused by base-missing",
			"    ! error base-missing 3-106-5000/data.db > 3-106-5000",
			"newest 3-106-5000",
		]);
	});

	test("a WAL whose checksum is there: from its snapshot on", async () => {
		const store = story();
		const second = store.wals(C)[1]!;
		store.remove(second);
		expect(await store.look()).toEqual(
			sound({
				[C]: ["refused by wal-missing", `! error wal-missing ${second} > ${C} ${D}`],
				[D]: ["refused by wal-missing"],
			}),
		);
	});

	test("all of a directory: from it on, up to the next full snapshot", async () => {
		const store = story((builder) => {
			builder.database.run("insert into t values(5)");
			builder.full("3-110-5000");
		});
		const [wal] = store.wals(B);
		store.remove(wal!);
		store.remove(`${wal}.crc32`);
		expect(await store.look()).toEqual([
			`${A}: base`,
			`  ${A} full: exact`,
			`  ${B} incremental: refused by data-missing`,
			`    ! error data-missing ${B} > ${B} ${C} ${D}`,
			`  ${C} incremental: refused by data-missing`,
			`  ${D} incremental: refused by data-missing`,
			"3-110-5000 current: base",
			"  3-110-5000 full: exact",
			"newest 3-110-5000",
		]);
	});

	test("all of a directory between others whose WALs tell of it as well: it is told once", async () => {
		const store = story();
		for (const wal of store.wals(C)) {
			store.remove(wal);
			store.remove(`${wal}.crc32`);
		}
		expect(await store.look()).toEqual(
			sound({
				[C]: ["refused by data-missing", `! error data-missing ${C} > ${C} ${D}`],
				[D]: ["refused by data-missing"],
			}),
		);
	});

	test("all of the oldest directory", async () => {
		const store = story();
		store.remove(`${A}/data.db`);
		store.remove(`${A}/data.db.crc32`);
		expect((await store.look()).slice(0, 3)).toEqual([
			`${A} current: no base`,
			`  ${A} full: refused by data-missing`,
			`    ! error data-missing ${A} > ${ALL}`,
		]);
	});

	test("the full snapshot's directory", async () => {
		const store = story();
		store.remove(A);
		const ids = `${B} ${C} ${D}`;
		expect((await store.look()).slice(0, 3)).toEqual([
			`${B} current: no base`,
			`  ! error base-missing ${B} > ${ids}`,
			`  ${B} incremental: refused by base-missing`,
		]);
	});

	test("meta.json: the name stands in", async () => {
		const store = story();
		store.remove(`${B}/meta.json`);
		expect(await store.look()).toEqual(sound({ [B]: [`! error meta-missing ${B}/meta.json`] }));
	});
});

describe("WALs that their names tell of", () => {
	test("a snapshot that was removed leaves a gap in names and headers: those after it are not what they were", async () => {
		const store = story();
		const [before, after] = [store.wals(B)[0], store.wals(D)[0]];
		store.remove(C);
		expect(await store.look()).toEqual([
			`${A} current: base`,
			`  ${A} full: exact`,
			`  ${B} incremental: exact`,
			`    ! error wal-lost ${before} > ${D}`,
			`  ${D} incremental: refused by wal-lost, wal-lost`,
			`    ! error wal-lost ${after} > ${D}`,
			`newest ${D}`,
		]);
		expect(await store.message("wal-lost")).toBe(
			`2 WALs are missing between ${before} and ${after}: the counter in their names, the checkpoint sequence and the first salt leave the same gap.`,
		);
	});

	test("one of a snapshot's WALs that was removed with its checksum", async () => {
		const store = story();
		const [first, second] = store.wals(C);
		store.remove(first!);
		store.remove(`${first}.crc32`);
		expect((await store.look()).filter((line) => line.includes("wal-lost"))).toEqual([
			`    ! error wal-lost ${store.wals(B)[0]} > ${C} ${D}`,
			`  ${C} incremental: refused by wal-lost, wal-lost`,
			`    ! error wal-lost ${second} > ${C} ${D}`,
			`  ${D} incremental: refused by wal-lost, wal-lost`,
		]);
	});

	test("a number that an attempt used up is no gap", async () => {
		const store = story((builder) => {
			builder.skipCounter();
			builder.database.run("insert into t values(5)");
			builder.incremental("3-107-5000");
		});
		expect((await store.look()).slice(-2)).toEqual(["  3-107-5000 incremental: exact", "newest 3-107-5000"]);
	});

	test("a gap beside a WAL whose header cannot be read proves nothing", async () => {
		const store = story();
		store.remove(C);
		store.write(store.wals(D)[0]!, "no WAL");
		expect((await store.look()).join()).not.toContain("wal-lost");
	});

	test("a WAL that is older than the one before it", async () => {
		const store = story();
		const [b, d] = [store.wals(B)[0]!, store.wals(D)[0]!];
		// As when two directories have changed places.
		store.rename(B, "x");
		store.rename(D, B);
		store.rename("x", D);
		const lines = await store.look();
		expect(lines.filter((line) => line.includes("wal-order"))).toEqual([
			`    ! warning wal-order ${B}/${d.slice(D.length + 1)}`,
			`    ! warning wal-order ${store.wals(C)[0]}`,
			`    ! warning wal-order ${store.wals(C)[1]}`,
			`    ! warning wal-order ${D}/${b.slice(B.length + 1)}`,
		]);
	});
});

describe("what belongs to no snapshot", () => {
	test("is told, and changes nothing", async () => {
		const store = story();
		store.write("note");
		store.write(`${A}.txt`);
		store.write("FULL_NEEDED.tmp");
		store.write("backup/data.db");
		store.write("3-107-5000.tmp/wal-incoming/x");
		store.write("REAP_PLAN.tmp", '{"ops":[{"ty');
		store.write(`${B}/note`);
		store.write(`${C}/copy.wal`);
		store.write(`${C}/data.db-wal/x`);
		symlinkSync(temporaryDirectory(), store.at("outside"));
		symlinkSync("nowhere", store.at("broken"));
		expect(await store.look()).toEqual(
			sound({
				store: [
					`! info stray-entry ${A}.txt`,
					"! warning unfinished-snapshot 3-107-5000.tmp",
					"! info stray-entry FULL_NEEDED.tmp",
					"! warning reap-plan-unfinished REAP_PLAN.tmp",
					"! warning stray-entry backup",
					"! info link-broken broken",
					"! info stray-entry note",
					"! info link-outside outside",
				],
				[B]: [`! info stray-entry ${B}/note`],
				[C]: [`! warning stray-entry ${C}/copy.wal`, `! info stray-entry ${C}/data.db-wal`],
			}),
		);
	});

	test("a data.db-wal with frames, where no reap explains it", async () => {
		const store = story();
		store.write(`${A}/data.db-wal`, "frames");
		expect(await store.look()).toEqual(sound({ [A]: [`! warning database-wal ${A}/data.db-wal`] }));
	});
});

describe("what is not what it should be", () => {
	test("a link that leads out of the store, in the place of a file or a directory", async () => {
		const elsewhere = story();
		const store = story();
		store.remove(`${A}/data.db`);
		symlinkSync(elsewhere.at(`${A}/data.db`), store.at(`${A}/data.db`));
		store.remove(D);
		symlinkSync(elsewhere.at(D), store.at(D));
		expect((await store.look()).filter((line) => line.includes("!"))).toEqual([
			`    ! error link-outside ${A}/data.db > ${ALL}`,
			`    ! error link-outside ${D} > ${D}`,
		]);
	});

	test("a directory in the place of a WAL", async () => {
		const store = story();
		const [wal] = store.wals(D);
		store.remove(wal!);
		store.write(`${wal}/x`);
		expect(await store.look()).toEqual(sound({ [D]: ["refused by not-a-file", `! error not-a-file ${wal} > ${D}`] }));
	});

	test("a directory that cannot be listed", async () => {
		const store = story();
		const denied = new FileError("no-permission", C, `${C} cannot be read: permission denied.`);
		const files = withErrors(nodeFiles(store.directory), { [C]: denied });
		expect(await look(store.directory, store.built, files)).toEqual(
			sound({
				[C]: ["refused by unreadable-directory", `! error unreadable-directory ${C} > ${C} ${D}`],
				[D]: ["refused by unreadable-directory"],
			}),
		);
	});
});
