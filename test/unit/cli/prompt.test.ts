import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { historyFile, readHistory, writeHistory } from "../../../src/cli/prompt/history";
import { Prompt, type PromptDatabase } from "../../../src/cli/prompt/prompt";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const schema = [
	{ kind: "table", name: "goods", table: "goods", sql: "CREATE TABLE goods(\n\tid)" },
	{ kind: "view", name: "seen", table: "seen", sql: "CREATE VIEW seen AS SELECT 1" },
	{ kind: "index", name: "by_id", table: "goods", sql: "CREATE INDEX by_id ON goods(id)" },
	{ kind: "index", name: "auto", table: "goods", sql: undefined },
] as const;

/** A prompt on a database that notes what it is asked for; `endless` runs until it is cancelled. */
function given() {
	const ran: string[] = [];
	let cancel: (reason: Error) => void = () => {};
	let begun: () => void = () => {};
	const database: PromptDatabase = {
		async run(sql, parameters, mode) {
			ran.push(`${mode}: ${sql}${parameters.length > 0 ? ` with ${parameters.join()}` : ""}`);
			if (sql === "wrong") throw new Error("no such thing\nat all");
			if (sql !== "endless") return;
			await new Promise<void>((_, reject) => {
				cancel = reject;
				begun();
			});
		},
		schema: async () => schema,
		cancel: async () => cancel(new Error("The other side has ended.")),
		close: async () => void ran.push("closed"),
	};
	const [input, output, error] = [new PassThrough(), new PassThrough(), new PassThrough()];
	const kept: string[][] = [];
	const running = new Prompt(database, {
		input,
		output,
		error,
		mode: "table",
		parameters: new Map([["id", 7n]]),
		history: [],
		keepHistory: (lines) => kept.push([...lines]),
	}).run();
	return {
		ran,
		kept,
		input,
		isEndless: new Promise<void>((resolve) => {
			begun = resolve;
		}),
		async end() {
			input.end("\x04");
			await running;
			return { output: String(output.read() ?? ""), error: String(error.read() ?? "") };
		},
	};
}

test("statements go on until their semicolon, over lines and several on one", async () => {
	const { input, ran, kept, end } = given();
	input.write("select ';',\r2\r;\r\r-- nothing\rselect :id; select 4 -- ;\r;\r");
	expect((await end()).error).toBe("");
	expect(ran).toEqual(["table: select ';',\n2", "table: select :id with 7", "table: select 4", "closed"]);
	expect(kept.at(-1)?.slice(0, 2)).toEqual([";", "select :id; select 4 -- ;"]);
});

test("commands begin with a dot", async () => {
	const { input, ran, end } = given();
	input.write(
		".mode csv\rselect 1;\r.mode nonsense\r.tables\r.schema GOODS\r.schema nothing\r.what\r.help\r.quit\rselect 2;\r",
	);
	const { output, error } = await end();
	expect(ran).toEqual(["csv: select 1", "closed"]);
	expect(output).toContain("goods\nseen (view)\n");
	expect(output).toContain("CREATE TABLE goods(\n\tid);\nCREATE INDEX by_id ON goods(id);\n");
	expect(output).toContain(".schema [name]");
	expect(error).toBe(
		[
			"snapstore: There is no mode nonsense; there are table, csv, json, jsonl.",
			"snapstore: There is no nothing; .tables shows what there is.",
			"snapstore: There is no command .what; .help shows those there are.",
			"",
		].join("\n"),
	);
});

test("an error is one line, and the prompt goes on", async () => {
	const { input, ran, end } = given();
	input.write("wrong; select 1;\rselect 2;\rselect :other;\r");
	expect((await end()).error).toBe(
		"snapstore: no such thing\\u{a}at all\nsnapstore: The parameter :other has no value: give it one with --param other=<value>.\n",
	);
	expect(ran).toEqual(["table: wrong", "table: select 2", "closed"]);
});

test("Ctrl+C cancels the statement that runs and what waits behind it", async () => {
	const { input, ran, isEndless, end } = given();
	input.write("endless;\r");
	await isEndless;
	input.write("select 1;\r\x03select 2;\r");
	expect((await end()).error).toBe("snapstore: Cancelled.\n");
	expect(ran).toEqual(["table: endless", "table: select 2", "closed"]);
});

test("Ctrl+C drops what was typed where nothing runs", async () => {
	const { input, ran, end } = given();
	input.write("select 'half");
	input.write("\x03select 3;\r");
	expect((await end()).error).toBe("");
	expect(ran).toEqual(["table: select 3", "closed"]);
});

test("what was typed is kept for its owner, newest last in the file, and bounded", () => {
	const file = join(temporaryDirectory(), "state", "snapstore", "history");
	expect(readHistory(file)).toEqual([]);
	const lines = Array.from({ length: 1500 }, (_, n) => `select ${1500 - n};`);
	expect(writeHistory(file, ["x".repeat(20_000), ...lines])).toBeUndefined();
	expect(readHistory(file)).toEqual(lines.slice(0, 1000));
	expect(readFileSync(file, "utf8").endsWith("select 1500;\n")).toBe(true);
	if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a history that cannot be kept is told", () => {
	const directory = temporaryDirectory();
	writeFileSync(join(directory, "file"), "");
	mkdirSync(join(directory, "history"));
	expect(writeHistory(join(directory, "history"), ["a"])).toMatch(/EISDIR/);
	expect(writeHistory(join(directory, "file", "history"), ["a"])).toMatch(/ENOTDIR|EEXIST/);
});

test("the history lies in the user's state directory", () => {
	expect(historyFile({ XDG_STATE_HOME: "/state" }, "linux")).toBe(join("/state", "snapstore", "history"));
	expect(historyFile({ LOCALAPPDATA: "C:/local" }, "win32")).toBe(join("C:/local", "snapstore", "history"));
	expect(historyFile({}, "linux")).toMatch(/\.local[\\/]state[\\/]snapstore[\\/]history$/);
});
