import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileError } from "../../../../src/core/files";
import { findSnapshot, NotAStoreError, readStore, storeFindings } from "../../../../src/core/snapshot/catalog";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { cut } from "../../../support/stores/damage";
import { type BuiltSnapshot, buildStore } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { look, withErrors } from "./look";

const G1 = "generations/0000000001";
const G2 = "generations/0000000002";

/** Full at 2-7-1000, incremental at 2-9-2000, 2-105-3000 and 3-106-4000; with `second`, full at 3-107-5000 in a second generation. */
function story({ second = false } = {}) {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table t(a); insert into t values(1)");
		store.full({ term: 2, index: 7, milliseconds: 1000 });
		store.database.run("insert into t values(2)");
		store.incremental({ term: 2, index: 9, milliseconds: 2000 });
		store.database.run("update t set a = a + 1");
		store.incremental({ term: 2, index: 105, milliseconds: 3000 });
		store.database.run("insert into t values(zeroblob(9000))");
		store.incremental({ term: 3, index: 106, milliseconds: 4000 });
		if (second) store.full({ term: 3, index: 107, milliseconds: 5000 });
	});
	const at = (...parts: string[]) => join(directory, ...parts);
	const write = (path: string, text: string | Uint8Array = "") => {
		mkdirSync(join(at(path), ".."), { recursive: true });
		writeFileSync(at(path), text);
	};
	const meta = (id: string, edit: (text: string) => string, generation = G1) => {
		const snapshot = built.find((snapshot) => snapshot.id === id)!;
		write(`${generation}/${id}/meta.json`, edit(metaOf(snapshot)));
	};
	return { directory, built, at, write, meta, look: () => look(directory, built) };
}

function metaOf({ id }: BuiltSnapshot): string {
	const [term, index] = id.split("-");
	return `{"Version":1,"ID":"${id}","Index":${index},"Term":${term},"Peers":null,"Configuration":{"Servers":[]},"ConfigurationIndex":1,"Size":0,"Full":${id === "2-7-1000"}}\n`;
}

const SOUND = [
	"1 current: base",
	"  2-7-1000 full: exact",
	"  2-9-2000 incremental: exact",
	"  2-105-3000 incremental: exact",
	"  3-106-4000 incremental: exact",
	"newest 3-106-4000",
];
/** The sound store with lines behind some of its lines, by the line's start, or others in their place. */
function soundBut(changes: Readonly<Record<string, readonly string[]>>): string[] {
	return SOUND.flatMap((line) => {
		const change = Object.entries(changes).find(([start]) => line.trim().startsWith(start));
		if (!change) return [line];
		const [first = "", ...rest] = change[1];
		return first.trim().startsWith("!") ? [line, first, ...rest] : change[1];
	});
}

describe("a sound store", () => {
	test("is listed oldest first, its numbers compared as numbers", async () => {
		expect(await story().look()).toEqual(SOUND);
	});

	test("has a current generation, and the newest snapshot in it", async () => {
		expect(await story({ second: true }).look()).toEqual([
			"1: base",
			...SOUND.slice(1, 5),
			"2 current: base",
			"  3-107-5000 full: exact",
			"newest 3-107-5000",
		]);
	});

	test("is plain data", async () => {
		const { directory, built } = story();
		const store = await readStore(nodeFiles(directory));
		const snapshot = findSnapshot(store, "2-9-2000");

		expect(snapshot).toMatchObject({
			id: "2-9-2000",
			path: `${G1}/2-9-2000`,
			generation: "0000000001",
			term: 2n,
			index: 9n,
			createdAt: new Date(2000),
			kind: "incremental",
			meta: {
				version: 1,
				id: "2-9-2000",
				index: 9n,
				term: 2n,
				full: false,
				sizeBytes: 0n,
				configurationIndex: 1n,
				servers: [{ id: "node1", address: "localhost:4002", suffrage: "voter" }],
			},
			findings: [],
		});
		expect(snapshot!.files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
			[built[1]!.file, snapshot!.sizeBytes],
		]);
		expect([findSnapshot(store, "latest")?.id, findSnapshot(store, "2-9-2001")]).toEqual(["3-106-4000", undefined]);
	});

	test("orders by term, index and time up to 2^64-1", async () => {
		const directory = temporaryDirectory();
		const ids = [
			"18446744073709551615-1-1",
			"2-18446744073709551615-1",
			"2-18446744073709551614-9",
			"2-9007199254740993-1",
			"2-9007199254740992-1",
			"2-9007199254740992-10",
			"2-9007199254740992-9",
		];
		for (const id of ids) mkdirSync(join(directory, G1, id), { recursive: true });
		const store = await readStore(nodeFiles(directory));

		expect(store.generations[0]?.snapshots.map(({ id }) => id)).toEqual([
			"2-9007199254740992-1",
			"2-9007199254740992-9",
			"2-9007199254740992-10",
			"2-9007199254740993-1",
			"2-18446744073709551614-9",
			"2-18446744073709551615-1",
			"18446744073709551615-1-1",
		]);
	});

	test("orders generations as numbers, whatever their zeros", async () => {
		const directory = temporaryDirectory();
		for (const name of ["0000000010", "9", "0000000002", "18446744073709551616"])
			mkdirSync(join(directory, "generations", name), { recursive: true });
		const { generations } = await readStore(nodeFiles(directory));

		expect(generations.map(({ name, current }) => `${name} ${current}`)).toEqual([
			"0000000002 false",
			"9 false",
			"0000000010 false",
			"18446744073709551616 true",
		]);
	});

	test("without a generation needs a full snapshot", async () => {
		const directory = temporaryDirectory();
		mkdirSync(join(directory, "generations"));
		expect(await look(directory, [])).toEqual(["newest undefined, full needed"]);
	});

	test("after a reap holds incremental snapshots only", async () => {
		const { at, built, write, look } = story();
		write(`${G1}/base.sqlite`, built[1]!.image);
		rmSync(at(G1, "2-7-1000"), { recursive: true });
		rmSync(at(G1, "2-9-2000"), { recursive: true });
		expect(await look()).toEqual([SOUND[0], ...SOUND.slice(3)]);
	});

	test("has snapshots without changes", async () => {
		const { built, write, directory } = story();
		write(`${G1}/3-106-4000/wal`);
		const last = { ...built[3]!, image: built[2]!.image };
		expect(await look(directory, [...built.slice(0, 3), last])).toEqual(
			soundBut({ "3-106": [`    ! info wal-empty ${G1}/3-106-4000/wal`] }),
		);
	});
});

describe("no store", () => {
	test.each([
		["an empty directory", () => {}],
		["a directory with other things", (directory: string) => writeFileSync(join(directory, "generations.txt"), "")],
		["a file named generations", (directory: string) => writeFileSync(join(directory, "generations"), "")],
		["a link out of it named generations", (directory: string) => symlinkSync("/", join(directory, "generations"))],
		["a link in a circle", (directory: string) => symlinkSync("generations", join(directory, "generations"))],
	])("%s", async (_, make) => {
		const directory = temporaryDirectory();
		make(directory);
		await expect(readStore(nodeFiles(directory))).rejects.toThrow(NotAStoreError);
	});

	test("a directory that is not there", async () => {
		await expect(readStore(nodeFiles(join(temporaryDirectory(), "gone")))).rejects.toThrow(FileError);
	});
});

describe("which source wins", () => {
	test("the directory's name over meta.json", async () => {
		const { meta, look } = story();
		meta("2-9-2000", (text) => text.replace('"ID":"2-9-2000","Index":9,"Term":2', '"ID":"2-9-1","Index":106,"Term":1'));
		const mismatch = `    ! warning meta-mismatch ${G1}/2-9-2000/meta.json`;
		expect(await look()).toEqual(soundBut({ "2-9": [mismatch, mismatch, mismatch] }));
	});

	test.each([
		["gone", undefined, "meta-missing"],
		["empty", "", "meta-unreadable"],
		["cut", '{"Version":1,"ID":"2-9', "meta-unreadable"],
		["null", "null", "meta-unreadable"],
		["no object", "[]", "meta-unreadable"],
		["without fields", "{}", "meta-field"],
	])("the directory's name, where meta.json is %s", async (_, text, code) => {
		const { at, write, look } = story();
		if (text === undefined) rmSync(at(G1, "2-9-2000/meta.json"));
		else write(`${G1}/2-9-2000/meta.json`, text);
		expect(await look()).toEqual(soundBut({ "2-9": [`    ! error ${code} ${G1}/2-9-2000/meta.json`] }));
	});

	test("a wal over Full", async () => {
		const { meta, look } = story();
		meta("2-9-2000", (text) => text.replace('"Full":false', '"Full":true'));
		expect(await look()).toEqual(soundBut({ "2-9": [`    ! warning meta-mismatch ${G1}/2-9-2000/meta.json`] }));
	});

	test("the oldest without a wal is full, also where nothing says so", async () => {
		const { meta, at, look } = story();
		meta("2-7-1000", (text) => text.replace(',"Full":true', ""));
		expect(await look()).toEqual(SOUND);
		rmSync(at(G1, "2-7-1000/meta.json"));
		expect(await look()).toEqual(soundBut({ "2-7": [`    ! error meta-missing ${G1}/2-7-1000/meta.json`] }));
	});

	test("a later one without a wal has lost it, whatever Full says", async () => {
		const { at, meta, look } = story();
		rmSync(at(G1, "2-105-3000/wal"));
		const missing = `    ! error wal-missing ${G1}/2-105-3000/wal > 2-105-3000 3-106-4000`;
		const expected = (mismatch: string[]) =>
			soundBut({
				"2-105": ["  2-105-3000 incremental: refused by wal-missing", missing, ...mismatch],
				"3-106": ["  3-106-4000 incremental: refused by wal-missing"],
			});
		expect(await look()).toEqual(expected([]));
		meta("2-105-3000", (text) => text.replace('"Full":false', '"Full":true'));
		expect(await look()).toEqual(expected([`    ! warning meta-mismatch ${G1}/2-105-3000/meta.json`]));
	});

	test("newest is the newest, sound or not", async () => {
		const { at, look } = story({ second: true });
		rmSync(at(G2, "base.sqlite"));
		expect((await look()).slice(5)).toEqual([
			"2 current: no base",
			`  ! error base-missing ${G2}/base.sqlite > 3-107-5000`,
			"  3-107-5000 full: refused by base-missing",
			"newest 3-107-5000, full needed",
		]);
	});
});

describe("what a crash leaves", () => {
	/** The reap of 2-9-2000, up to some step: its WAL copied, its directory removed, the copy renamed, checkpointed. */
	const reaping = () => {
		const told = story();
		const { at } = told;
		const wal = at(G1, "2-9-2000/wal");
		return {
			...told,
			copy: (name = "base.sqlite-wal.wal") => copyFileSync(wal, at(G1, name)),
			remove: (...ids: string[]) =>
				ids.forEach((id) => {
					rmSync(at(G1, id), { recursive: true });
				}),
		};
	};
	const reaped = (left: string, ...findings: string[]) => [`1 current: base + ${left}`, ...findings, ...SOUND.slice(3)];

	test("a WAL beside the base, whose checkpoint had not begun, was cut short, or was done", async () => {
		const { copy, remove, look, write, built } = reaping();
		copy("base.sqlite-wal");
		remove("2-7-1000", "2-9-2000");
		const expected = reaped("base.sqlite-wal", `  ! warning reap-checkpoint-pending ${G1}/base.sqlite-wal`);
		expect(await look()).toEqual(expected);

		const half = Uint8Array.from(built[1]!.image);
		half.set(built[0]!.image.subarray(4096), 4096);
		write(`${G1}/base.sqlite`, half);
		expect(await look()).toEqual(expected);

		write(`${G1}/base.sqlite`, built[1]!.image);
		expect(await look()).toEqual(expected);
	});

	test.each(["base.sqlite-wal.wal", "base.sqlite-wal.2-9-2000"])("a copy %s that is not yet used", async (name) => {
		const { copy, look, at } = reaping();
		copy(name);
		const expected = soundBut({ "1 current": [`  ! warning reap-copy-unused ${G1}/${name}`] });
		expect(await look()).toEqual(expected);
		cut(at(G1, name), 1000);
		expect(await look()).toEqual(expected);
	});

	test("the only copy of a reaped snapshot's WAL", async () => {
		const { copy, remove, look } = reaping();
		copy();
		remove("2-7-1000", "2-9-2000");
		expect(await look()).toEqual(
			reaped("base.sqlite-wal.wal", `  ! warning reap-copy-needed ${G1}/base.sqlite-wal.wal`),
		);
	});

	test("a removal that was cut short: the copy is the oldest one's WAL", async () => {
		const { copy, remove, look, at } = reaping();
		copy();
		remove("2-7-1000");
		rmSync(at(G1, "2-9-2000/wal"));
		expect(await look()).toEqual([
			"1 current: base + base.sqlite-wal.wal",
			`  ! warning reap-copy-needed ${G1}/base.sqlite-wal.wal`,
			...SOUND.slice(2),
		]);
	});

	test("two steps of two reaps: the WAL being checkpointed comes first", async () => {
		const { copy, remove, look, at } = reaping();
		copy("base.sqlite-wal");
		copyFileSync(at(G1, "2-105-3000/wal"), at(G1, "base.sqlite-wal.2-105-3000"));
		remove("2-7-1000", "2-9-2000", "2-105-3000");
		expect(await look()).toEqual([
			"1 current: base + base.sqlite-wal + base.sqlite-wal.2-105-3000",
			`  ! warning reap-checkpoint-pending ${G1}/base.sqlite-wal`,
			`  ! warning reap-copy-needed ${G1}/base.sqlite-wal.2-105-3000`,
			...SOUND.slice(4),
		]);
	});

	test("two copies that no snapshot has, and nothing says their order", async () => {
		const { copy, remove, look, at } = reaping();
		copy("base.sqlite-wal.1");
		copyFileSync(at(G1, "2-105-3000/wal"), at(G1, "base.sqlite-wal.2"));
		remove("2-7-1000", "2-9-2000", "2-105-3000");
		const lines = await look();
		expect(lines).toContain(`  ! error reap-copy-ambiguous ${G1} > 3-106-4000`);
		expect(lines).toContain("  3-106-4000 incremental: refused by reap-copy-ambiguous");
	});

	test("a copy without bytes, or one that was made twice", async () => {
		const { copy, remove, look, write } = reaping();
		write(`${G1}/base.sqlite-wal.wal`);
		expect(await look()).toEqual(soundBut({ "1 current": [`  ! warning reap-copy-unused ${G1}/base.sqlite-wal.wal`] }));
		copy("base.sqlite-wal");
		copy("base.sqlite-wal.2-9-2000");
		remove("2-7-1000", "2-9-2000");
		expect((await look()).filter((line) => !line.includes("reap-copy-unused"))).toEqual(
			reaped("base.sqlite-wal", `  ! warning reap-checkpoint-pending ${G1}/base.sqlite-wal`),
		);
	});

	test("a full snapshot whose base a reap has begun to change", async () => {
		const { copy, remove, look } = reaping();
		copy("base.sqlite-wal");
		remove("2-9-2000");
		expect(await look()).toEqual([
			"1 current: base + base.sqlite-wal",
			`  ! warning reap-checkpoint-pending ${G1}/base.sqlite-wal`,
			`  ! error reap-checkpoint-pending ${G1}/2-7-1000 > 2-7-1000`,
			"  2-7-1000 full: refused by reap-checkpoint-pending",
			...SOUND.slice(3),
		]);
	});

	test("generations and snapshots that were never completed, and a full scratchpad", async () => {
		const { at, write, look } = story();
		renameSync(at(G1, "3-106-4000"), at(G1, "3-106-4000.tmp"));
		write("generations/0000000002.tmp/base.sqlite", "half");
		write("scratchpad/snapshot-data.tmp", "bytes");
		expect(await look()).toEqual([
			"! warning unfinished-generation generations/0000000002.tmp",
			"! warning scratchpad-leftover scratchpad/snapshot-data.tmp",
			"1 current: base",
			`  ! warning unfinished-snapshot ${G1}/3-106-4000.tmp`,
			...SOUND.slice(1, 4),
			"newest 2-105-3000",
		]);
	});

	test.each([
		["empty", undefined, ", full needed"],
		["with a base and no snapshot", "base.sqlite", ""],
	])("a newest generation %s: the one before is the newest whole one", async (_, file, needed) => {
		const { at, write, look } = story();
		mkdirSync(at(G2));
		if (file !== undefined) write(`${G2}/${file}`, "anything");
		expect(await look()).toEqual([
			"1: base",
			...SOUND.slice(1, 5),
			`2 current: ${file === undefined ? "no base" : "base"}`,
			`  ! warning unfinished-generation ${G2}`,
			`newest 3-106-4000${needed}`,
		]);
	});
});

describe("what does not belong there", () => {
	test("is said and passed over", async () => {
		const { at, write, look } = story();
		mkdirSync(at("generations/latest"));
		write("generations/0000000003");
		write(`${G1}/.DS_Store`);
		write(`${G1}/2-9-2000/notes`);
		mkdirSync(at(G1, "snapshot"));
		write(`${G1}/9-9-9`, "a file where a directory should be");
		expect(new Set(await look())).toEqual(
			new Set([
				"! info stray-entry generations/latest",
				"! info stray-entry generations/0000000003",
				...SOUND,
				`  ! info stray-entry ${G1}/.DS_Store`,
				`  ! info stray-entry ${G1}/snapshot`,
				`  ! info stray-entry ${G1}/9-9-9`,
				`    ! info stray-entry ${G1}/2-9-2000/notes`,
			]),
		);
	});

	test.each([
		"with space",
		"quo'te\"s",
		"<img src=x onerror=alert(1)>",
		"new\nline",
		"\u202egnp.exe",
		"'; drop table t; --",
		"%s%n",
		"é漢😀",
	])("whatever its name: %j", async (name) => {
		const { directory, write } = story();
		write(`${G1}/${name}`);
		write(`generations/${name}`);
		const findings = storeFindings(await readStore(nodeFiles(directory)));
		expect(findings.map(({ code, path }) => [code, path])).toEqual([
			["stray-entry", `generations/${name}`],
			["stray-entry", `${G1}/${name}`],
		]);
	});
});

describe("files that are no files", () => {
	const cases: [string, (at: (...parts: string[]) => string) => void, string[]][] = [
		[
			"a directory for a wal",
			(at) => mkdirSync(at(G1, "2-9-2000/wal")),
			[`    ! error not-a-file ${G1}/2-9-2000/wal > 2-9-2000 2-105-3000 3-106-4000`],
		],
		[
			"a wal that is a link out of the store",
			(at) => symlinkSync("/etc/hostname", at(G1, "2-9-2000/wal")),
			[`    ! error link-outside ${G1}/2-9-2000/wal > 2-9-2000 2-105-3000 3-106-4000`],
		],
		[
			"a wal that is a link to itself",
			(at) => symlinkSync("wal", at(G1, "2-9-2000/wal")),
			[`    ! error link-broken ${G1}/2-9-2000/wal > 2-9-2000 2-105-3000 3-106-4000`],
		],
	];

	test.each(cases)("%s breaks the chain there", async (_, make, findings) => {
		const { at, look } = story();
		rmSync(at(G1, "2-9-2000/wal"));
		make(at);
		const code = findings[0]!.trim().split(" ")[2];
		expect(await look()).toEqual(
			soundBut({
				"2-9": [`  2-9-2000 incremental: refused by ${code}`, ...findings],
				"2-105": [`  2-105-3000 incremental: refused by ${code}`],
				"3-106": [`  3-106-4000 incremental: refused by ${code}`],
			}),
		);
	});

	test("a wal that is a link within the store is the file it leads to", async () => {
		const { at, look } = story();
		renameSync(at(G1, "2-9-2000/wal"), at("scratchpad/moved"));
		symlinkSync("../../../scratchpad/moved", at(G1, "2-9-2000/wal"));
		expect(await look()).toEqual(["! warning scratchpad-leftover scratchpad/moved", ...SOUND]);
	});

	test("a directory for a base, a meta.json, a scratchpad's file", async () => {
		const { at, look } = story();
		rmSync(at(G1, "base.sqlite"));
		mkdirSync(at(G1, "base.sqlite"));
		rmSync(at(G1, "2-9-2000/meta.json"));
		mkdirSync(at(G1, "2-9-2000/meta.json"));
		const ids = "2-7-1000 2-9-2000 2-105-3000 3-106-4000";
		expect(await look()).toEqual([
			"1 current: no base",
			`  ! error not-a-file ${G1}/base.sqlite > ${ids}`,
			"  2-7-1000 full: refused by not-a-file",
			"  2-9-2000 incremental: refused by not-a-file",
			`    ! error not-a-file ${G1}/2-9-2000/meta.json`,
			"  2-105-3000 incremental: refused by not-a-file",
			"  3-106-4000 incremental: refused by not-a-file",
			"newest 3-106-4000, full needed",
		]);
	});

	test("a snapshot's directory that is a link out of the store", async () => {
		const { at, look } = story();
		const outside = temporaryDirectory();
		renameSync(at(G1, "2-105-3000"), join(outside, "moved"));
		symlinkSync(join(outside, "moved"), at(G1, "2-105-3000"));
		expect(await look()).toEqual(
			soundBut({
				"2-105": [
					"  2-105-3000 incremental: refused by link-outside",
					`    ! error link-outside ${G1}/2-105-3000 > 2-105-3000 3-106-4000`,
				],
				"3-106": ["  3-106-4000 incremental: refused by link-outside"],
			}),
		);
	});

	test("a generation's directory that is a link out of the store, or nowhere", async () => {
		const { at, look } = story();
		symlinkSync(temporaryDirectory(), at(G2));
		symlinkSync("nowhere", at("generations/0000000003"));
		const lines = await look();
		expect(lines.slice(0, 2).sort()).toEqual([
			"! error link-broken generations/0000000003",
			`! error link-outside ${G2}`,
		]);
		expect(lines.slice(2)).toEqual(SOUND);
	});
});

describe("what cannot be read", () => {
	const denied = (path: string) => new FileError("no-permission", path, `${path} cannot be read: no permission.`);
	const lookWithout = (told: ReturnType<typeof story>, ...paths: string[]) =>
		look(
			told.directory,
			told.built,
			withErrors(nodeFiles(told.directory), Object.fromEntries(paths.map((path) => [path, denied(path)]))),
		);

	test("a wal, a meta.json, a scratchpad", async () => {
		const wal = `${G1}/3-106-4000/wal`;
		const meta = `${G1}/2-9-2000/meta.json`;
		expect(await lookWithout(story(), wal, meta, "scratchpad")).toEqual([
			"! warning unreadable-directory scratchpad",
			...soundBut({
				"2-9": [`    ! error not-a-file ${meta}`],
				"3-106": ["  3-106-4000 incremental: refused by not-a-file", `    ! error not-a-file ${wal} > 3-106-4000`],
			}),
		]);
	});

	test("a generation's directory", async () => {
		const lines = await lookWithout(story({ second: true }), G2);
		expect(lines.slice(5)).toEqual(["2 current: base", `  ! error unreadable-directory ${G2}`, "newest 3-106-4000"]);
	});

	test("a snapshot's directory", async () => {
		expect(await lookWithout(story(), `${G1}/2-9-2000`)).toEqual(
			soundBut({ "2-9": [`    ! error unreadable-directory ${G1}/2-9-2000`] }),
		);
	});

	test("the store's own directory is an error", async () => {
		await expect(lookWithout(story(), "generations")).rejects.toThrow(FileError);
	});
});

test("reading a store can be cancelled", async () => {
	const { directory } = story();
	await expect(readStore(nodeFiles(directory), { cancel: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
		"enough",
	);
});
