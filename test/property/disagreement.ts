import { DatabaseCheck } from "../../src/core/sqlite/btree/databaseCheck";
import { wholeImage } from "../support/images/wholeImage";
import type { MemorySqlite } from "../support/sqlite/memorySqlite";

/** What quick_check says about values and the text of the schema, which are no pages' structure. */
const BESIDE_STRUCTURE = [
	/^error: malformed database schema/,
	/^error: (duplicate column name|no such column|near|unrecognized token)/,
	/^(NULL|NUMERIC|TEXT|non-\w+) value in /,
];

/** What SQLite finds only when it uses an index, or takes as it is. */
const NEVER_ASKED = [
	/^is a page of (a table|an index)$/,
	/^is the root of a tree that leads to no leaf$/,
	/^has a damaged database header: the (text encoding|read version)/,
	// A row's header with more values than its table has columns is read no further than those.
	/^has a record .* where its header asks for/,
];

/** `undefined`, or how far we and SQLite are apart about whether a file is damaged. */
export function disagreement(sqlite: MemorySqlite, file: Uint8Array, pageSize: number): string | undefined {
	const theirs = sqlite.check(file, "quick_check");
	const ours = new DatabaseCheck().check(wholeImage(file, pageSize));
	if (ours.count === 0) {
		const structure = theirs.filter((line) => line !== "ok" && !BESIDE_STRUCTURE.some((beside) => beside.test(line)));
		return structure.length > 0 ? `SQLite alone: ${structure[0]}` : undefined;
	}
	if (theirs[0] !== "ok" || sqlite.check(file, "integrity_check")[0] !== "ok") return undefined;
	const { message } = ours.faults[0]!;
	return NEVER_ASKED.some((never) => never.test(message)) ? undefined : `we alone: ${JSON.stringify(ours.faults[0])}`;
}
