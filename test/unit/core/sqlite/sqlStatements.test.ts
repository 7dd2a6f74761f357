import { expect, test } from "vitest";
import { sqlStatements } from "../../../../src/core/sqlite/sqlStatements";

test.each([
	["", []],
	[" ;; -- nothing; at all\n;/* ; */", []],
	["select 1", ["select 1"]],
	["select 1; select 2 ;", ["select 1", "select 2"]],
	["\ufeff\n-- first;\nselect 1 -- last\n;\t/* then; */ select\n2", ["select 1", "select\n2"]],
	["select ';', \";\", `;`, [;] ; select 'it''s; one'", ["select ';', \";\", `;`, [;]", "select 'it''s; one'"]],
	["select x';' ; select 1e-5;select ?;select :a;", ["select x';'", "select 1e-5", "select ?", "select :a"]],
	["select 'open; select 2", ["select 'open; select 2"]],
	["select 1 /* open; select 2", ["select 1"]],
	["select 1 - -1; select a->>'$.b;c'", ["select 1 - -1", "select a->>'$.b;c'"]],
] as const)("%j holds %j", (sql, texts) => {
	const statements = sqlStatements(sql);
	expect(statements.map(({ text }) => text)).toEqual(texts);
	for (const { text, start } of statements) expect(sql.startsWith(text, start)).toBe(true);
});
