import { describe, expect, test } from "vitest";
import type { Row } from "../../../../src/protocol/values";
import { type Copied, copyRows } from "../../../../src/webview/grid/copyRows";
import { type CopyFormat, copyShape } from "../../../../src/webview/grid/copyShapes";
import { gatherRows } from "../../../../src/webview/grid/gatherRows";
import type { RowSource } from "../../../../src/webview/grid/rowSource";
import { Watchers } from "../../../../src/webview/page/watchers";
import { sourceOf } from "../sourceOf";

const ROWS: readonly Row[] = [
	[-9223372036854775808n, `"it's"\t|\n`, null],
	[Number.NEGATIVE_INFINITY, "\0<b>", Uint8Array.of(0xff)],
	[-0, "", { invalidText: Uint8Array.of(0xc3) }],
];

async function copied(format: CopyFormat, columns = [0, 1, 2], max?: number): Promise<Copied> {
	const source = sourceOf(...ROWS);
	const names = columns.map((column) => ["n", 'a"b', "n"][column]!);
	const rows = gatherRows(source, { first: 0, endExclusive: 3 }, new AbortController().signal);
	return copyRows(rows, columns, copyShape(format, names, "t t"), () => {}, max);
}

test.each<readonly [CopyFormat, string]>([
	["text", `-9223372036854775808\t"""it's""\t|\n"\tNULL\n-Infinity\t\0<b>\tx'ff'\n-0.0\t\tx'c3'`],
	[
		"csv",
		`n,"a""b",n\r\n-9223372036854775808,"""it's""\t|\n",\r\n-Infinity,\0<b>,X'ff'\r\n-0.0,"",CAST(X'c3' AS TEXT)\r\n`,
	],
	[
		"json",
		'[\n{"n":-9223372036854775808,"a\\"b":"\\"it\'s\\"\\t|\\n","n:1":null},\n' +
			'{"n":{"real":"-Infinity"},"a\\"b":"\\u0000<b>","n:1":{"blob":"ff"}},\n' +
			'{"n":-0.0,"a\\"b":"","n:1":{"text":"c3"}}\n]\n',
	],
	[
		"sql",
		`INSERT INTO "t t"("n","a""b","n") VALUES(-9223372036854775808,'"it''s"\t|\n',NULL);\n` +
			`INSERT INTO "t t"("n","a""b","n") VALUES(-9.0e+999,replace('␀<b>','␀',char(0)),X'ff');\n` +
			`INSERT INTO "t t"("n","a""b","n") VALUES(-0.0,'',CAST(X'c3' AS TEXT));\n`,
	],
	[
		"markdown",
		'| n | a"b | n |\n| --- | --- | --- |\n' +
			`| -9223372036854775808 | "it's"\\\\u\\{9\\}\\|<br> | NULL |\n| -Infinity | \\\\u\\{0\\}&#60;b&#62; | x'ff' |\n| -0.0 |  | x'c3' |\n`,
	],
])("rows as %s hold every value exactly", async (format, text) => {
	expect(await copied(format)).toEqual({ text, rows: 3, clipped: false });
});

test("columns are copied in the order in which they are shown", async () => {
	expect((await copied("text", [2, 0])).text).toBe("NULL\t-9223372036854775808\nx'ff'\t-Infinity\nx'c3'\t-0.0");
});

test("rows that do not fit are left out as a whole, and the form stays whole", async () => {
	const { text, rows, clipped } = await copied("json", [0], 70);
	expect([JSON.parse(text.replace(/-\d+/, "0")).length, rows, clipped]).toEqual([2, 2, true]);
	expect((await copied("text", [0], 5)).text).toBe("");
});

describe("rows that are not here yet", () => {
	/** A source that gives what is wanted later, a few rows at a time. */
	function slowSource(count: number) {
		const watchers = new Watchers();
		let here = { first: 0, end: 0 };
		const source: RowSource & { wants: number } = {
			columns: ["i"],
			rowCount: count,
			complete: true,
			wants: 0,
			row: (position) => (position >= here.first && position < here.end ? [BigInt(position)] : undefined),
			want: (first, endExclusive) => {
				source.wants++;
				queueMicrotask(() => {
					here = { first, end: Math.min(endExclusive, first + 70) };
					watchers.tell();
				});
			},
			watch: (changed) => watchers.add(changed),
		};
		return source;
	}

	test("are fetched in order, though the source keeps few", async () => {
		const rows: bigint[] = [];
		const source = slowSource(500);
		for await (const [value] of gatherRows(source, { first: 10, endExclusive: 450 }, new AbortController().signal)) {
			rows.push(value as bigint);
		}
		expect(rows).toEqual(Array.from({ length: 440 }, (_, n) => BigInt(n + 10)));
		expect(source.wants).toBe(7);
	});

	test("are not waited for once that is cancelled, or where there are fewer", async () => {
		const cancelled = new AbortController();
		const source: RowSource = { ...sourceOf(), rowCount: 5, want: () => cancelled.abort() };
		const rows = gatherRows(source, { first: 0, endExclusive: 5 }, cancelled.signal);
		expect((await rows.next()).done).toBe(true);
		const few = gatherRows(sourceOf([1n]), { first: 0, endExclusive: 5 }, new AbortController().signal);
		expect([(await few.next()).value, (await few.next()).done]).toEqual([[1n], true]);
	});
});
