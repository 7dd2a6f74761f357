import { expect, test } from "vitest";
import { sqlParameters } from "../../../../src/core/sqlite/sqlParameters";

test.each([
	["select 1", []],
	["?, ?, ?", [1, 2, 3]],
	["?2, ?, ?1, ?", [2, 3, 1, 4]],
	[":a, :b, :a, ?, $a, @a", [1, 2, 1, 3, 4, 5]],
	["?5, :a, ?5, :a", [5, 6, 5, 6]],
	["'?' || \"?\" || `?` || [?] || 'it''s ?' -- ?\n || ? /* ? */", [1]],
	["a$b, x1, $a::b, :ü1", [1, 2]],
	["'unclosed ?", []],
	["/* unclosed ?", []],
] as const)("%s holds %j", (sql, positions) => {
	expect(sqlParameters(sql).map(({ position }) => position)).toEqual(positions);
	for (const { text, start, endExclusive } of sqlParameters(sql)) expect(sql.slice(start, endExclusive)).toBe(text);
});
