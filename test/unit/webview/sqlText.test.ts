import { expect, test } from "vitest";
import { quoteIdentifier } from "../../../src/core/sqlite/quoteIdentifier";
import { decodeRows } from "../../../src/protocol/rows";
import { selectAll } from "../../../src/webview/sqlText";
import { openSession } from "./openSession";

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
