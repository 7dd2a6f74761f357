import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../support/projectRoot";
import { picture } from "../../support/stores/picture";
import type { BuiltSnapshot } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { failure, measure, snapstore } from "./snapstore";

let store: string;
let snapshots: readonly BuiltSnapshot[];
beforeAll(() => {
	store = realpathSync(mkdtempSync(join(tmpdir(), "query-")));
	snapshots = buildShop(store);
	return () => rmSync(store, { recursive: true });
});

const query = (...args: string[]) => snapstore("query", store, ...args);

describe("query --json", () => {
	test("is the contract's document, exact to the last digit", async () => {
		const before = picture(store);
		expect(await query(snapshots[1]!.id, "select * from goods", "--json")).toEqual({
			status: 0,
			signal: null,
			stdout:
				'{"columns":["id","name","price"],"rows":[[1,"tea",2.5],[2,"cup",4.0],[9007199254740993,"é漢",null]],"truncated":false,"warnings":[]}\n',
			stderr: "",
		});
		expect(picture(store)).toEqual(before);
	});

	test.each([
		["-9223372036854775807 - 1", "-9223372036854775808"],
		["9223372036854775807", "9223372036854775807"],
		["1.0", "1.0"],
		["-0.0", "-0.0"],
		["0.1", "0.1"],
		["1e21", "1e+21"],
		["5e-324", "5e-324"],
		["1e999", '{"real":"Infinity"}'],
		["-1e999", '{"real":"-Infinity"}'],
		["x'00ff'", '{"blob":"00ff"}'],
		["x''", '{"blob":""}'],
		["cast(x'ff41' as text)", '{"text":"ff41"}'],
		["'a\"b' || char(10, 0, 8238)", '"a\\"b\\n\\u0000\u202e"'],
		["null", "null"],
	])("writes %s as %s", async (expression, json) => {
		const { stdout } = await query("latest", `select ${expression} as x`, "--json");
		expect(stdout).toBe(`{"columns":["x"],"rows":[[${json}]],"truncated":false,"warnings":[]}\n`);
	});

	test("says when there were more rows than asked for", async () => {
		const sql = "values (1), (2), (3)";
		const rows = async (limit: string) => {
			const { stdout } = await query("latest", sql, "--json", "--limit", limit);
			const { rows, truncated }: { rows: unknown[]; truncated: boolean } = JSON.parse(stdout);
			return [rows.length, truncated];
		};
		expect([await rows("0"), await rows("2"), await rows("3"), await rows("4")]).toEqual([
			[0, true],
			[2, true],
			[3, false],
			[3, false],
		]);
	});

	test("has no rows and the columns of a result without any", async () => {
		const { stdout } = await query("latest", "select id, name from goods where 0", "--json");
		expect(stdout).toBe('{"columns":["id","name"],"rows":[],"truncated":false,"warnings":[]}\n');
	});

	test("holds rows that together are longer than a string can be", async () => {
		const columns = ["a", "b", "c", "d", "e"];
		const sql = `select ${columns.map((name) => `zeroblob(60000000) as ${name}`).join(", ")}`;
		const around = { columns, rows: [columns.map(() => ({ blob: "" }))], truncated: false, warnings: [] };

		const { status, bytes } = await measure("query", store, "latest", sql, "--json");

		expect({ status, bytes }).toEqual({ status: 0, bytes: 5 * 2 * 60_000_000 + JSON.stringify(around).length + 1 });
	});
});

describe("query for people", () => {
	test("is a table, numbers to the right", async () => {
		const { stdout } = await query(snapshots[1]!.id, "select id, name, price, x'00ff' as b from goods");
		expect(stdout).toMatchInlineSnapshot(`
			"                id  name  price  b
			                 1  tea   2.5    x'00ff'
			                 2  cup   4.0    x'00ff'
			  9007199254740993  é漢    NULL   x'00ff'
			"
		`);
	});

	test("draws every row of a long result", async () => {
		const sql =
			"with recursive n(i) as (values (1) union all select i + 1 from n where i < 1000) select i, -i as j from n";
		const { stdout } = await query("latest", sql);
		const lines = stdout.split("\n");
		expect(lines.length).toBe(1 + 1000 + 1);
		expect([lines[0], lines[1], lines[200], lines[201], lines[1000]]).toEqual([
			"    i     j",
			"    1    -1",
			"  200  -200",
			"  201  -201",
			"  1000  -1000",
		]);
	});

	test("keeps a value on its line, and cuts a long one with a word", async () => {
		const { stdout } = await query(
			"latest",
			"select 'a' || char(10) || 'b' as x, printf('%5000d', 1) as y, zeroblob(2000) as z",
		);
		const [, row] = stdout.split("\n");
		expect(row).toMatch(
			/^ {2}a\\u\{a\}b {2} {1000}… \(5000 characters, all with --json\) {2}x'0{2000}'… \(2000 bytes, all with --json\)$/,
		);
	});

	test("says when there were more rows than asked for", async () => {
		expect(await query("latest", "values (1), (2)", "--limit", "1")).toMatchObject({
			status: 0,
			stdout: "  column1\n        1\n",
			stderr: "snapstore: There are more rows than --limit asked for.\n",
		});
	});
});

describe("which snapshot", () => {
	test("by id, and latest is the newest one", async () => {
		const count = async (id: string) =>
			JSON.parse((await query(id, "select count(*) from goods", "--json")).stdout)["rows"][0][0];
		expect([await count(snapshots[0]!.id), await count(snapshots[1]!.id), await count("latest")]).toEqual([2, 3, 2]);
	});

	test("one that is not there", async () => {
		expect(await query("2-8-1", "select 1")).toEqual(
			failure(1, `${store}: snapshot 2-8-1 not found; the store has 4, see snapstore list.`),
		);
	});

	test("of several stores one must be picked", async () => {
		const top = temporaryDirectory();
		buildShop(join(top, "a"));
		buildShop(join(top, "b/c"));
		expect(await snapstore("query", top, "latest", "select 1")).toEqual(
			failure(2, `${top} has 2 stores; pick one with --store: a, b/c.`),
		);
		expect(await snapstore("query", top, "latest", "select 1", "--store", "nowhere")).toEqual(
			failure(2, `${top} has no store nowhere; it has: a, b/c.`),
		);
		for (const root of ["a", "b/c", "b/c/", "./a"]) {
			expect(await snapstore("query", top, "latest", "select 1", "--store", root)).toMatchObject({ status: 0 });
		}
	});
});

describe("fails with one line, and nothing on standard output", () => {
	test.each([
		["select nonsense", "no such column: nonsense"],
		["select 1; select 2", 'One statement at a time: behind the first one stands "select 2".'],
		["", "There is no statement to run."],
		["delete from goods", "DELETE is refused: a snapshot is read-only. Restore it to a file to work on a copy."],
		["pragma/**/query_only=0", "PRAGMA query_only is refused: it does not tell of the snapshot, which is read-only."],
		[
			"with x as (select 1) delete from goods",
			"The statement would write, and a snapshot is read-only. Restore it to a file to work on a copy.",
		],
		[
			"select zeroblob(900000000)",
			"The statement needs more memory than there is for one. Ask for less at a time, of long values with substr().",
		],
		["select 'a\nb", 'unrecognized token: "\'a\\u{a}b"'],
	])("%j", async (sql, message) => {
		expect(await query("latest", sql, "--json")).toEqual(failure(1, `snapshot ${snapshots[3]!.id}: ${message}`));
	});

	test("also when the fault comes after many rows", async () => {
		const sql = `with recursive n(i) as (values (1) union all select i + 1 from n where i <= 100000)
			select abs(case when i = 100000 then -9223372036854775807 - 1 else i end) from n`;
		const failed = failure(1, `snapshot ${snapshots[3]!.id}: integer overflow`);
		expect(await query("latest", sql, "--json")).toEqual(failed);
		expect(await query("latest", sql)).toEqual(failed);
	});
});

describe("wrong usage", () => {
	test.each([
		[[], "Name a command. snapstore --help shows them."],
		[["look"], "There is no command look. snapstore --help shows those there are."],
		[["list"], "Expected <dir>, 1 in all, not 0. snapstore --help explains."],
		[["list", "a", "b"], "Expected <dir>, 1 in all, not 2. snapstore --help explains."],
		[["query", ".", "latest"], "There is no SQL: standard input holds no statement. snapstore --help explains."],
		[["query", "."], "Expected <dir> <snapshot> <sql>, 3 in all, not 1. snapstore --help explains."],
		[["query", ".", "latest", "select 1", "--csv", "--json"], "Name one of --json and --csv."],
		[["query", ".", "latest", "select :a", "--param", "a"], "--param takes name=value, or number=value, not a."],
		[["restore", ".", "latest"], "Name the file to write with --output."],
		[
			["restore", ".", "latest", "--output", "a", "--dry-run"],
			"restore takes no --dry-run. snapstore --help shows what each command takes.",
		],
		[["toString"], "There is no command toString. snapstore --help shows those there are."],
		[
			["query", ".", "latest", "select 1", "--limit", "-1"],
			"Option '--limit' argument is ambiguous. snapstore --help shows the options there are.",
		],
		[["list", ""], "<dir> is empty. snapstore --help explains."],
		[["query", ".", "latest", "select 1", "--limit", "1.5"], "--limit takes a whole number, not 1.5."],
		[["list", ".", "--nonsense"], /^snapstore: .*--nonsense.*\n$/],
	])("%j", async (args, line) => {
		expect(await snapstore(...args)).toEqual(failure(2, line));
	});

	test("help is no failure", async () => {
		const { status, stdout, stderr } = await snapstore("--help");
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		expect(stdout).toContain("usage: snapstore list <dir>");
	});

	test("the version is that of the package", async () => {
		const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
		const stdout = `snapstore ${version}\n`;
		expect(await snapstore("--version")).toEqual({ status: 0, signal: null, stdout, stderr: "" });
	});
});

test("SQL may begin with a comment, and an unknown option is named plainly", async () => {
	const store = join(temporaryDirectory(), "store");
	buildShop(store);
	const { stdout } = await snapstore(
		"query",
		store,
		"latest",
		"-- how many\nselect count(*) as n from goods",
		"--json",
	);
	expect(JSON.parse(stdout)).toMatchObject({ columns: ["n"], rows: [[2]] });
	expect(await snapstore("list", store, "--everything")).toEqual(
		failure(2, "Unknown option '--everything'. snapstore --help shows the options there are."),
	);
});
