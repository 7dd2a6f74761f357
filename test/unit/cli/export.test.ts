import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { queryAll } from "../../support/sqlite/oracle";
import { picture } from "../../support/stores/picture";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { cliPath, ended, failure, snapstore } from "./snapstore";

let store: string;
let second: string;
let newest: string;
beforeAll(() => {
	store = realpathSync(mkdtempSync(join(tmpdir(), "export-")));
	const snapshots = buildShop(store);
	[second, newest] = [snapshots[1].id, snapshots[3].id];
	return () => rmSync(store, { recursive: true });
});

/** A place to write to, and what is there afterwards. */
function place(name: string) {
	const directory = temporaryDirectory();
	return {
		directory,
		target: join(directory, name),
		text: (file = name) => readFileSync(join(directory, file), "utf8"),
		names: () => readdirSync(directory),
	};
}

test("a table goes to a file whose name says how", async () => {
	const { target, text, names } = place("goods.csv");
	const before = picture(store);
	expect(await snapstore("export", store, second, "-o", target, "--table", "goods")).toMatchObject({
		status: 0,
		stdout: `${target}: 3 rows, 62 bytes\n`,
		stderr: "",
	});
	expect(text()).toBe("id,name,price\r\n1,tea,2.5\r\n2,cup,4.0\r\n9007199254740993,é漢,\r\n");
	expect(names()).toEqual(["goods.csv"]);
	expect(picture(store)).toEqual(before);
});

test("the rows of a query, as JSON Lines, with what came of it as JSON", async () => {
	const { target, text } = place("rows.ndjson");
	const sql = "select id, price from goods where id >= :id";
	const { stdout } = await snapstore("export", store, second, "-o", target, "--sql", sql, "--param", "id=2", "--json");
	expect(text()).toBe('{"id":2,"price":4.0}\n{"id":9007199254740993,"price":null}\n');
	expect(JSON.parse(stdout)).toEqual({ output: target, files: 1, rows: 2, bytes: text().length, warnings: [] });
});

test("every table goes to a directory, or as SQL to one file that makes the database again", async () => {
	const { target, names, text } = place("all");
	mkdirSync(target);
	expect(await snapstore("export", store, "latest", "-o", target)).toMatchObject({ status: 0 });
	expect([names(), readdirSync(target), text("all/goods.csv")]).toEqual([
		["all"],
		["goods.csv"],
		"id,name,price\r\n2,cup,4.0\r\n9007199254740993,é漢,\r\n",
	]);
	expect(await snapstore("export", store, "latest", "-o", target)).toEqual(
		failure(1, `${target} is there already. Name a directory that is not, or is empty.`),
	);

	const script = place("all.sql");
	expect(await snapstore("export", store, "latest", "-o", script.target)).toMatchObject({ status: 0 });
	const made = new LiveDatabase();
	try {
		made.run(script.text());
		expect(made.all("select * from goods")).toEqual([
			[2n, "cup", 4],
			[9007199254740993n, "é漢", null],
		]);
	} finally {
		made.close();
	}
});

test("what is refused leaves nothing behind, and what is there as it is", async () => {
	const { directory, target, names } = place("goods.csv");
	const run = (...args: string[]) => snapstore("export", store, "latest", ...args);
	expect(await run("-o", target, "--sql", "select abs(-9223372036854775807 - 1)")).toEqual(
		failure(1, `snapshot ${newest}: integer overflow`),
	);
	expect(await run("-o", join(store, "goods.csv"), "--table", "goods")).toEqual(
		failure(1, /lies in the store, which is only read\. Choose another place\.\n$/),
	);
	expect(await run("-o", join(directory, "no", "goods.csv"), "--table", "goods")).toEqual(
		failure(2, /is not there\.\n$/),
	);
	expect(await run("-o", join(directory, "goods"), "--table", "goods")).toEqual(failure(2, /say --format csv, json/));
	expect(await run("-o", target, "--table", "goods", "--sql", "select 1")).toEqual(
		failure(2, "Name one of --table and --sql."),
	);
	expect(names()).toEqual([]);

	writeFileSync(target, "older");
	expect(await run("-o", target, "--table", "goods")).toEqual(
		failure(1, `${target} is there already. Choose another name, or replace it with --force.`),
	);
	expect(readFileSync(target, "utf8")).toBe("older");
	expect(await run("-o", target, "--table", "goods", "--force")).toMatchObject({ status: 0 });
	expect(readFileSync(target, "utf8")).toContain("cup");
});

test("Ctrl+C in the middle of a statement leaves nothing", async () => {
	const { target, names } = place("endless.csv");
	const endless = "with recursive n(i) as (values (1) union all select i + 1 from n) select i from n";
	const child = spawn(process.execPath, [cliPath, "export", store, "latest", "-o", target, "--sql", endless], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	await once(child.stderr, "data"); // how far it is
	child.kill("SIGINT");
	expect(await ended(child)).toMatchObject({ status: 1, stdout: "" });
	expect(names()).toEqual([]);
});

test("what reads of a damaged table is exported when asked, and what is left out is said twice", async () => {
	const damaged = join(temporaryDirectory(), "store");
	buildStore(
		damaged,
		(story) => {
			story.database.run(
				"create table t(a integer primary key, b); insert into t with recursive n(v) as (select 1 union all select v + 1 from n limit 500) select v, 'row ' || v from n",
			);
			const file = new Uint8Array(story.database.file());
			const [leaf] = queryAll(
				file,
				"select pgoffset from dbstat where name = 't' and pagetype = 'leaf' limit 1 offset 3",
			);
			file.fill(0, Number(leaf?.[0]), Number(leaf?.[0]) + 512);
			story.full({ file });
		},
		{ pageSize: 512 },
	);
	const { target, names, text } = place("t.csv");
	const run = (...args: string[]) => snapstore("export", damaged, "latest", "-o", target, "--table", "t", ...args);
	expect(await run()).toMatchObject({ status: 1, stdout: "" });
	expect(names()).toEqual([]);

	const { status, stdout, stderr } = await run("--allow-damaged", "--json");
	const { rows, warnings }: { rows: number; warnings: readonly string[] } = JSON.parse(stdout);
	expect([status, warnings.length, rows > 450 && rows < 500, names()]).toEqual([
		0,
		1,
		true,
		["t.csv", "t.csv.skipped.txt"],
	]);
	expect(warnings[0]).toMatch(/^table t: rows with rowids from \d+ to \d+ are left out: Page \d+ /);
	expect([stderr, text("t.csv.skipped.txt")]).toEqual([`snapstore: ${warnings[0]}\n`, `${warnings[0]}\n`]);
});
