import { copyFileSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { queryAll } from "../../support/sqlite/oracle";
import { sidecarText } from "../../support/stores/crc32c";
import { cut, overwrite } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { buildRqliteV10 } from "../../support/stores/rqliteV10Store";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { failure, snapstore } from "./snapstore";

const PARTIAL = "The answer is partial: it ends at the last sound commit before that.";

let store: string;
let output: string;
let snapshots: readonly [BuiltSnapshot, BuiltSnapshot, BuiltSnapshot, BuiltSnapshot];
beforeEach(() => {
	const top = temporaryDirectory();
	store = join(top, "store");
	output = join(top, "out.sqlite");
	snapshots = buildShop(store);
});

test("a torn log is read up to its last sound commit, with a word", async () => {
	const [, before, torn] = snapshots;
	cut(join(store, torn.file), -10);
	const picked = picture(store);
	const args = ["restore", store, torn.id, "--output", output] as const;
	expect(await snapstore(...args)).toEqual(
		failure(1, /^snapstore: snapshot .* cannot be read exactly: .* --allow-damaged reads what is sound of it\.\n$/),
	);

	const { status, stdout } = await snapstore(...args, "--allow-damaged", "--json");
	expect(status).toBe(0);
	expect(JSON.parse(stdout).warnings).toEqual([
		expect.stringMatching(
			new RegExp(`^${torn.file}: the file was cut in frame 1 \\(byte 32\\); 10 bytes of it are missing\\.$`),
		),
		PARTIAL,
	]);
	expect(Buffer.compare(readFileSync(output), before.image)).toBe(0);
	expect(picture(store)).toEqual(picked);
});

test("where a log is missing the state before it is read, with a word", async () => {
	const [first, missing, last] = snapshots;
	rmSync(join(store, missing.file));
	const { status, stdout, stderr } = await snapstore(
		...["query", store, last.id, "select count(*) from goods", "--allow-damaged", "--json"],
	);
	expect(status).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({
		rows: [[2]],
		warnings: [expect.stringContaining(`${missing.file} is missing`), PARTIAL],
	});
	expect(stderr).toContain(PARTIAL);
	await snapstore("restore", store, last.id, "--output", output, "--allow-damaged");
	expect(Buffer.compare(readFileSync(output), first.image)).toBe(0);
});

test("a log in the place of another is damage from there on", async () => {
	const [first, second, third] = snapshots;
	copyFileSync(join(store, second.file), join(store, third.file));
	const args = ["restore", store, third.id, "--output", output] as const;
	expect(await snapstore(...args)).toEqual(failure(1, /are the same log, and one of them is in the place of another/));
	const { status, stdout } = await snapstore(...args, "--allow-damaged", "--json");
	expect(status).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({
		wals: [{ framesApplied: 1 }, { path: third.file, frames: 1, framesApplied: 0 }],
		warnings: [expect.stringContaining("do not follow one another"), PARTIAL],
	});
	expect(Buffer.compare(readFileSync(output), second.image)).toBe(0);
	expect(await snapstore("restore", store, first.id, "--output", output, "--force")).toMatchObject({ status: 0 });
});

test("the newest that can be seen is told from the newest there is", async () => {
	const generations = join(store, "generations");
	renameSync(join(generations, "0000000002"), join(dirname(store), "elsewhere"));
	symlinkSync(join(dirname(store), "elsewhere"), join(generations, "0000000002"));
	const query = async (id: string) => {
		const { status, stdout } = await snapstore("query", store, id, "select count(*) from goods", "--json");
		expect(status).toBe(0);
		return JSON.parse(stdout).warnings;
	};
	expect(await query("latest")).toEqual([expect.stringContaining("generations/0000000002")]);
	expect(await query(snapshots[0].id)).toEqual([]);
});

test("without a base there is nothing to go to", async () => {
	const [first, second] = snapshots;
	rmSync(join(store, first.file));
	expect(await snapstore("restore", store, second.id, "--output", output, "--allow-damaged")).toEqual(
		failure(1, /base\.sqlite is missing/),
	);
});

test("a checksum file that an upgrade wrote wrong makes nothing damaged, and is warned of", async () => {
	const directory = temporaryDirectory();
	const [full] = buildRqliteV10(directory, (builder) => {
		builder.database.run("create table t(a)");
		builder.full("2-7-1000");
		builder.database.run("insert into t values(1)");
		builder.incremental("2-9-2000");
	});
	const base = join(directory, full!.file);
	writeFileSync(`${base}.crc32`, sidecarText(crc32(readFileSync(base))));

	const { status, stdout, stderr } = await snapstore("restore", directory, "latest", "--output", output, "--json");
	expect(status).toBe(0);
	const { warnings } = JSON.parse(stdout);
	expect(warnings).toEqual([expect.stringMatching(/^2-7-1000\/data\.db\.crc32 holds the CRC-32 of IEEE .*\.$/)]);
	expect(stderr).toBe(`snapstore: ${warnings[0]}\n`);
});

test("rows on a damaged page fail alone, with the page and its table named", async () => {
	const directory = temporaryDirectory();
	const [full] = buildStore(directory, (builder) => {
		builder.database.run(
			`create table t(a integer primary key, b); create table u(a); insert into u values(7);
			with recursive n(v) as (select 1 union all select v + 1 from n limit 2000) insert into t select v, 'row ' || v from n`,
		);
		builder.full();
	});
	const leaves = "select pageno from dbstat where name = 't' and pagetype = 'leaf' order by path limit 1 offset 3";
	const page = Number(queryAll(full!.image, leaves)[0]![0]);
	overwrite(join(directory, full!.file), (page - 1) * 4096, new Uint8Array(4096));

	expect(await snapstore("query", directory, "latest", "select count(b) from t not indexed")).toEqual(
		failure(1, new RegExp(`database disk image is malformed: page ${page} of table t is no b-tree page`)),
	);
	const { status, stdout } = await snapstore("query", directory, "latest", "select a from u", "--json");
	expect([status, JSON.parse(stdout).rows]).toEqual([0, [[7]]]);
	expect((await snapstore("query", directory, "latest", "select b from t where a = 1")).stdout).toContain("row 1");
});
