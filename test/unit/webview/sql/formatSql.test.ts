import { expect, test } from "vitest";
import { formatSql } from "../../../../src/webview/sql/formatSql";

test("SQL is laid out, its words as they were written", () => {
	expect(formatSql('select a,"B" from [t u] where x=?1 AND y=:p and z=@q; -- end')).toBe(
		'select\n  a,\n  "B"\nfrom\n  [t u]\nwhere\n  x = ?1\n  AND y = :p\n  and z = @q;\n\n-- end',
	);
});

test("what cannot be laid out is said", () => {
	expect(() => formatSql("select 'open")).toThrow("This SQL cannot be laid out: there is something wrong in it.");
	expect(() => formatSql("select 1;".repeat(3000))).toThrow(
		"Only 20,000 characters are laid out at once: select a part.",
	);
});
