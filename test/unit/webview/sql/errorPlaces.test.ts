import { expect, test } from "vitest";
import { ScriptRun } from "../../../../src/webview/sql/scriptRun";
import { openSession } from "../openSession";

/** Runs a text that marks the place of its error with `«` and `»`; answers what is found. */
async function marked(text: string): Promise<string> {
	const sql = text.replaceAll(/[«»]/g, "");
	const { session } = openSession("create table t(a, b)", "create table u(a)");
	const script = new ScriptRun([{ text: sql, start: 0, parameters: [] }], session, () => {});
	await script.start();
	expect(script.runs.map(({ state }) => state)).toEqual(["failed"]);
	return script.faults.reduceRight(
		(whole, { from, to }) => `${whole.slice(0, from)}«${whole.slice(from, to)}»${whole.slice(to)}`,
		sql,
	);
}

test.each([
	"«selct» 1",
	"select a from t where «from» u",
	"select a, b from t, u where a = ',' and «,» b",
	"select (1 + 2)«)» as ')', (3)",
	"select a from t where (a = «1»",
	"select «'open»",
	"select 1 «#»",
	"select «nowt», a from t where «NOWT» > 'nowt' /* nowt */",
	'select «t."x"», t.a from t',
	"select 1 from «nowhere» where 'nowhere'",
	'select 1 from main.t join «"no where"»',
	"select «a» from t, u where «a» = 1",
	"select «missing»(a) from t",
	"select «abs»(1, 2)",
	"«delete from t»",
	"«select abs(-9223372036854775807 - 1)»",
])("%s", async (text) => {
	expect(await marked(text)).toBe(text);
});
