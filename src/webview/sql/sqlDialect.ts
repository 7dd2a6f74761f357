import { SQLDialect } from "@codemirror/lang-sql";

/** SQLite's own keywords: https://www.sqlite.org/lang_keywords.html */
const KEYWORDS =
	`abort action add after all alter always analyze and as asc attach autoincrement before begin between by
	cascade case cast check collate column commit conflict constraint create cross current current_date current_time
	current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape except
	exclude exclusive exists explain fail filter first following for foreign from full generated glob group groups having if
	ignore immediate in index indexed initially inner insert instead intersect into is isnull join key last left like limit
	match materialized natural no not nothing notnull null nulls of offset on or order others outer over partition plan
	pragma preceding primary query raise range recursive references regexp reindex release rename replace restrict returning
	right rollback row rows savepoint select set table temp temporary then ties to transaction trigger unbounded union unique
	update using vacuum values view virtual when where window with without`.replaceAll(/\s+/g, " ");

const RESERVED: ReadonlySet<string> = new Set(KEYWORDS.split(" "));

/** Whether a name can stand in SQL as it is. */
export function isPlainName(name: string): boolean {
	return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase());
}

/** SQL as SQLite reads it. The editor's own SQLite dialect knows the words of every other database, and no brackets. */
export const sqliteDialect: SQLDialect = SQLDialect.define({
	keywords: KEYWORDS,
	types: "integer int bigint real double float numeric decimal boolean text varchar char clob blob date datetime any",
	builtin: "",
	operatorChars: "*+-%<>!=&|/~",
	// The first is the one that a completed name is put into.
	identifierQuotes: '"`[',
	specialVar: "@:?$",
	caseInsensitiveIdentifiers: true,
});
