import { expect, test } from "vitest";
import { quoteIdentifier } from "../../../../src/core/sqlite/quoteIdentifier";
import { decodeRows } from "../../../../src/protocol/rows";
import { selectAll, selectDefinition } from "../../../../src/webview/sql/sqlText";
import { openSession } from "../openSession";

test.each(["plain", 'a"b', '"; drop table t; --', "select", "ä 'x' [y] `z`", "a\nb", "\u202e"])(
	"a table called %j is browsed by its name",
	async (name) => {
		const quoted = quoteIdentifier(name);
		const { session } = openSession(`create table ${quoted}(a)`, `insert into ${quoted} values('found')`);
		const { cursor } = await session.ask((engine) => engine.query(selectAll(name)));
		const { rows } = await session.ask((engine) => engine.fetchRows(cursor, 10));
		expect(decodeRows(rows)).toEqual([["found"]]);
	},
);

test("the definition of an index is what the schema has of it, whatever its name", async () => {
	const name = 'it\'s "quoted"';
	const sql = `CREATE INDEX ${quoteIdentifier(name)} on t(a)`;
	const { session } = openSession("create table t(a)", sql);
	const { cursor } = await session.ask((engine) => engine.query(selectDefinition({ kind: "index", name })));
	const { rows } = await session.ask((engine) => engine.fetchRows(cursor, 10));
	expect(decodeRows(rows)).toEqual([[sql]]);
});
