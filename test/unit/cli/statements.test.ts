import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parseParameters } from "../../../src/cli/parameters";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { cliPath, ended, failure, snapstore } from "./snapstore";

let store: string;
let newest: string;
beforeAll(() => {
	store = realpathSync(mkdtempSync(join(tmpdir(), "statements-")));
	newest = buildShop(store)[3].id;
	return () => rmSync(store, { recursive: true });
});

const query = (...args: string[]) => snapstore("query", store, "latest", ...args);

function script(text: string | Uint8Array): string {
	const file = join(temporaryDirectory(), "script.sql");
	writeFileSync(file, text);
	return file;
}

test("statements of a file run one after the other", async () => {
	const file = script("-- first\nselect 1 as a; select ';' as b, null as c;\n\nselect id from goods where 0;");
	expect(await query("--file", file, "--json")).toMatchObject({
		status: 0,
		stdout:
			'{"results":[{"columns":["a"],"rows":[[1]],"truncated":false},{"columns":["b","c"],"rows":[[";",null]],"truncated":false},{"columns":["id"],"rows":[],"truncated":false}],"warnings":[]}\n',
	});
	expect(await query("--file", file)).toMatchObject({ stdout: "  a\n  1\n\n  b  c\n  ;  NULL\n\n  id\n" });
	expect(await query("--file", file, "--csv")).toMatchObject({ stdout: "a\r\n1\r\n\nb,c\r\n;,\r\n\nid\r\n" });
	expect(await query("--file", file, "--jsonl")).toMatchObject({ stdout: '{"a":1}\n{"b":";","c":null}\n' });
});

test("the document of a file with one statement is that of the statement", async () => {
	const { stdout } = await query("--file", script("select 1 as a;"), "--json");
	expect(stdout).toBe('{"columns":["a"],"rows":[[1]],"truncated":false,"warnings":[]}\n');
});

test("standard input that is no terminal holds the statements", async () => {
	const child = spawn(process.execPath, [cliPath, "query", store, "latest", "--csv"], { stdio: "pipe" });
	child.stdin.end("select name from goods where id = 2;");
	expect(await ended(child)).toMatchObject({ status: 0, stdout: "name\r\ncup\r\n", stderr: "" });
});

test("one statement that fails leaves standard output empty", async () => {
	expect(await query("--file", script("select 1; delete from goods"))).toEqual(
		failure(
			1,
			`snapshot ${newest}: DELETE is refused: a snapshot is read-only. Restore it to a file to work on a copy.`,
		),
	);
});

test("files that hold no SQL", async () => {
	const nowhere = join(store, "..", "nowhere.sql");
	expect(await query("--file", nowhere)).toEqual(failure(2, /nowhere\.sql cannot be read: ENOENT/));
	expect(await query("--file", script(Uint8Array.of(0xff)))).toEqual(failure(2, /is no text in UTF-8\.\n$/));
});

test("parameters are bound with the types that they are written with", async () => {
	const sql = "select typeof(:i), typeof(@r), typeof($n), typeof(:q), typeof(:b), typeof(:t), :i, :q, :b, :t, ?3";
	const values = ["i=9223372036854775807", "r=-1.5e3", "$n=NULL", "q='07''x'", "b=x'00ff'", "t=a=b"];
	const { stdout, stderr } = await query(sql, "--json", ...values.flatMap((value) => ["--param", value]));
	expect([JSON.parse(stdout)["rows"][0].slice(0, 6), stderr]).toEqual([
		["integer", "real", "null", "text", "blob", "text"],
		"",
	]);
	expect(stdout).toContain(`,9223372036854775807,"07'x",{"blob":"00ff"},"a=b",null]`);
	expect(
		(await query("select ? + ?2, ?", "--json", "--param", "1=2", "--param", "2=3", "--param", "3=c")).stdout,
	).toContain('"rows":[[5,"c"]]');
});

test("a parameter without a value, and a value without a parameter", async () => {
	expect(await query("select :a")).toEqual(
		failure(2, "The parameter :a has no value: give it one with --param a=<value>."),
	);
	expect(await query("select 1", "--param", "a=1")).toEqual(
		failure(2, "There is no parameter a in the SQL, which --param has a value for."),
	);
});

test.each([
	["7", 7n],
	["-9223372036854775808", -(2n ** 63n)],
	["9223372036854775808", 2 ** 63],
	["+1", 1n],
	["1.", 1],
	[".5", 0.5],
	["1e3", 1000],
	["null", null],
	["", ""],
	["''", ""],
	["0x10", "0x10"],
	["12 monkeys", "12 monkeys"],
	["'open", "'open"],
	["X''", new Uint8Array(0)],
	["x'0'", "x'0'"],
])("the value %j", (text, value) => {
	expect(parseParameters([`a=${text}`]).get("a")).toEqual(value);
});
