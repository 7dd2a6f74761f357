import {
	chmodSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { locateSnapshot, locateStore } from "../../../src/cli/open/locate";
import { openSnapshot } from "../../../src/cli/open/openSnapshot";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { picture } from "../../support/stores/picture";
import type { BuiltSnapshot } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { failure, snapstore } from "./snapstore";

let top: string;
let store: string;
let snapshots: readonly [BuiltSnapshot, BuiltSnapshot, BuiltSnapshot, BuiltSnapshot];
beforeEach(() => {
	top = temporaryDirectory();
	store = join(top, "store");
	snapshots = buildShop(store);
});

const A_STORE_HAS =
	"A store is what rqlite keeps as generations/, or in snapshots/, rsnapshots/ or wsnapshots/, with a snapshot in it.";

describe("a place without a store, for every command", () => {
	test.each([
		[
			"an empty directory",
			() => mkdirSync(join(top, "empty")),
			"empty",
			(path: string) => `There is no snapshot store in ${path}. ${A_STORE_HAS}`,
		],
		["nothing", () => {}, "nowhere", (path: string) => `${path} is not there.`],
		[
			"a file",
			() => writeFileSync(join(top, "file"), ""),
			"file",
			(path: string) => `${path} is no directory. ${A_STORE_HAS}`,
		],
		[
			"below a file",
			() => writeFileSync(join(top, "file"), ""),
			"file/x",
			(path: string) => `${path} cannot be read: ENOTDIR.`,
		],
		[
			"a link in a circle",
			() => symlinkSync("circle", join(top, "circle")),
			"circle",
			(path: string) => `${path} cannot be read: ELOOP.`,
		],
		[
			"directories of other things",
			() => mkdirSync(join(top, "other/generations/first"), { recursive: true }),
			"other/generations",
			(path: string) => `There is no snapshot store in ${path}. ${A_STORE_HAS}`,
		],
		[
			"a name that would break the line",
			() => mkdirSync(join(top, "a\n\u202eb")),
			"a\n\u202eb",
			() => `There is no snapshot store in ${top}/a\\u{a}\\u{202e}b. ${A_STORE_HAS}`,
		],
	])("%s", async (_, make, name, line) => {
		make();
		const path = join(top, name);
		const failed = failure(2, line(path));
		expect(await snapstore("list", path)).toEqual(failed);
		expect(await snapstore("list", path, "--json")).toEqual(failed);
		expect(await snapstore("query", path, "latest", "select 1")).toEqual(failed);
		expect(await snapstore("restore", path, "latest", "--output", join(top, "out"))).toEqual(failed);
	});

	test.each([
		["generations", "There is no snapshot store in"],
		["generations/0000000001", "There is no snapshot store in"],
		["generations/0000000001/base.sqlite", ""],
	])("what lies in a store, %s, leads to the store", async (name, said) => {
		const path = join(store, name);
		const line = said ? `${said} ${path}.` : `${path} is no directory.`;
		expect(await snapstore("list", path)).toEqual(failure(2, `${line} It lies in the store ${store}: name that.`));
	});

	// Who is root may read everything.
	test.skipIf(process.getuid?.() === 0)("a directory without permission", async () => {
		chmodSync(store, 0);
		expect(await snapstore("list", store)).toMatchObject({ status: 2, stdout: "" });
		chmodSync(store, 0o700);
	});
});

describe("damage: one line that names the file, and the snapshots it does not concern still answer", () => {
	const path = (file: string) => join(store, file);
	const [BASE, FULL, SECOND, THIRD] = ["generations/0000000001/base.sqlite", 0, 1, 2] as const;

	function directoryInPlaceOf(file: string): void {
		rmSync(path(file));
		mkdirSync(path(file));
	}

	/** A WAL of the same table with other salts and, where given, other pages. */
	function foreignWal(pageSize: number): Uint8Array {
		const live = new LiveDatabase({ pageSize });
		live.run("create table goods(id integer primary key, name text, price real)");
		live.file();
		live.run("insert into goods values(5, 'from another database', 1.0)");
		const wal = live.cutWal();
		live.close();
		return wal;
	}

	test.each<[string, () => void, number, number, string]>([
		[
			"a base that is no database",
			() => writeFileSync(path(BASE), "x".repeat(8192)),
			FULL,
			3,
			`${BASE} is no SQLite database: it does not begin with "SQLite format 3" (byte 0).`,
		],
		[
			"a base that is empty",
			() => truncateSync(path(BASE), 0),
			FULL,
			3,
			`${BASE} is no SQLite database: the file is empty; a database starts with a header of 100 bytes (byte 0).`,
		],
		[
			"a base that is cut in its header",
			() => truncateSync(path(BASE), 50),
			FULL,
			3,
			`${BASE} is no SQLite database: the file ends after 50 of the 100 bytes of a database header (byte 50).`,
		],
		[
			"a base that is cut in a page",
			() => truncateSync(path(BASE), 5000),
			FULL,
			3,
			`${BASE} was cut (byte 4096): it holds 1 whole pages of 4096 bytes, its header says 2.`,
		],
		[
			"a base that is gone",
			() => rmSync(path(BASE)),
			SECOND,
			3,
			`${BASE} is missing; no snapshot of the generation can be read.`,
		],
		[
			"a directory in the base's place",
			() => directoryInPlaceOf(BASE),
			FULL,
			3,
			`${BASE} is a directory where a file should be.`,
		],
		[
			"a WAL of another page size",
			() => writeFileSync(path(snapshots[1].file), foreignWal(512)),
			SECOND,
			0,
			"wal: the WAL's pages have 512 bytes, those of its database 4096 (byte 8).",
		],
		[
			"a directory in a WAL's place",
			() => directoryInPlaceOf(snapshots[1].file),
			THIRD,
			0,
			"wal is a directory where a file should be.",
		],
		[
			"a WAL that is gone",
			() => rmSync(path(snapshots[1].file)),
			THIRD,
			0,
			"wal is missing; this snapshot and those after it cannot be rebuilt.",
		],
		[
			"a WAL that is cut in a frame",
			() => truncateSync(path(snapshots[2].file), 1000),
			THIRD,
			1,
			"wal: the file was cut in frame 1 (byte 32); 3152 bytes of it are missing.",
		],
		[
			"a link that leads out of the store",
			() => {
				renameSync(path(snapshots[1].file), join(top, "elsewhere"));
				symlinkSync(join(top, "elsewhere"), path(snapshots[1].file));
			},
			SECOND,
			0,
			"wal is a symbolic link that leads out of the store",
		],
		[
			"a link in a circle",
			() => {
				rmSync(path(snapshots[1].file));
				symlinkSync("wal", path(snapshots[1].file));
			},
			SECOND,
			0,
			"wal is a symbolic link that leads nowhere or in a circle",
		],
	])("%s", async (_, edit, broken, sound, message) => {
		edit();
		const before = picture(store);
		const { id } = snapshots[broken]!;

		const answer = await snapstore("query", store, id, "select count(*) from goods", "--json");

		expect(answer).toMatchObject({ status: 1, stdout: "" });
		expect(answer.stderr).toMatch(/^snapstore: .*\n$/);
		expect(answer.stderr).toContain(`snapshot ${id} cannot be read exactly: `);
		expect(answer.stderr).toContain(message);
		expect(
			await snapstore("query", store, snapshots[sound]!.id, "select count(*) > 1 from goods", "--json"),
		).toMatchObject({
			status: 0,
			stdout: '{"columns":["count(*) > 1"],"rows":[[1]],"truncated":false,"warnings":[]}\n',
		});
		expect(await snapstore("list", store)).toMatchObject({ status: 0 });
		expect(picture(store)).toEqual(before);
	});

	test("a link that stays in the store is followed", async () => {
		const inside = path("generations/0000000001/kept-here");
		renameSync(path(snapshots[1].file), inside);
		symlinkSync("../kept-here", path(snapshots[1].file));
		expect(await snapstore("query", store, snapshots[1].id, "select count(*) from goods", "--json")).toMatchObject({
			stdout: '{"columns":["count(*)"],"rows":[[3]],"truncated":false,"warnings":[]}\n',
		});
	});

	test("a WAL of another database with the same page size is what nothing in it can tell", async () => {
		// Its header and frames are sound, salts differ from log to log anyway: SQLite itself would take it.
		writeFileSync(path(snapshots[1].file), foreignWal(4096));
		expect(await snapstore("query", store, snapshots[1].id, "select name from goods", "--json")).toMatchObject({
			status: 0,
			stdout: '{"columns":["name"],"rows":[["from another database"]],"truncated":false,"warnings":[]}\n',
		});
	});
});

describe("between listing and opening", () => {
	async function located() {
		const found = await locateStore(store, undefined);
		return { found, snapshot: locateSnapshot(found, snapshots[1].id) };
	}

	test("a snapshot vanishes", async () => {
		const { found, snapshot } = await located();
		rmSync(dirname(join(store, snapshots[1].file)), { recursive: true });
		await expect(openSnapshot(found, snapshot, { allowDamaged: false })).rejects.toThrow(
			expect.objectContaining({ name: "Failure", status: 1, message: `${snapshots[1].file} is not there.` }),
		);
	});

	test("a file is replaced", async () => {
		const { found, snapshot } = await located();
		const wal = join(store, snapshots[1].file);
		const bytes = readFileSync(wal);
		rmSync(wal);
		writeFileSync(wal, Buffer.concat([bytes, bytes]));
		await expect(openSnapshot(found, snapshot, { allowDamaged: false })).rejects.toThrow(
			`${snapshots[1].file} changed since the store was listed. Try again; a node may be at work in it.`,
		);
	});

	test("a file becomes a directory", async () => {
		const { found, snapshot } = await located();
		const wal = join(store, snapshots[1].file);
		linkSync(wal, join(top, "kept"));
		rmSync(wal);
		mkdirSync(wal);
		await expect(openSnapshot(found, snapshot, { allowDamaged: false })).rejects.toThrow(
			/changed since the store was listed|is a directory where a file/,
		);
	});
});
