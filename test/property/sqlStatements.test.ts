import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { bytesSource } from "../../src/core/files";
import { sqlStatements } from "../../src/core/sqlite/sqlStatements";
import type { SnapshotDatabase } from "../../src/engine/snapshotDatabase";
import { SnapshotDatabase as Database } from "../../src/engine/snapshotDatabase";
import { sqlJs, written } from "../unit/engine/openDatabase";
import { runs } from "./runs";

let database: SnapshotDatabase;
beforeAll(async () => {
	database = new Database(await sqlJs, bytesSource(written("create table t(a)")));
	return () => database.close();
});

/** What SQLite says of a text. */
function said(sql: string): string {
	try {
		database.query(sql).close();
		return "one statement";
	} catch (error) {
		return (error as Error).message;
	}
}

test("SQLite ends a statement where the text is split, whatever stands in it", () => {
	const parts = [
		"select",
		"1",
		";",
		";",
		"'",
		"''",
		'"',
		"`",
		"[",
		"]",
		"--",
		"\n",
		"/*",
		"*/",
		"*",
		" ",
		"t",
		"x'",
		"?",
		":a",
		"ü",
	];
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 14 }), (tokens) => {
			const sql = `select 1 ${tokens.join("")}`;
			const [first, ...others] = sqlStatements(sql);
			const whole = said(sql);
			// Of what stands behind the first statement SQLite is told nothing when that one is wrong.
			if (whole.startsWith("One statement at a time")) expect(others.length).toBeGreaterThan(0);
			else if (whole === "one statement") expect(others).toEqual([]);
			const alone = said(first!.text);
			if (whole.startsWith("One statement at a time")) expect(alone).toBe("one statement");
			// One that breaks off is told of its semicolon, and without it that there is nothing more.
			else if (whole === 'near ";": syntax error') expect([whole, "incomplete input"]).toContain(alone);
			else expect(alone).toBe(whole);
		}),
		{ numRuns: runs(3000), examples: [[["*/", "*/", "*/", ";"]]] },
	);
});
