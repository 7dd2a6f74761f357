/** What may begin a statement. Whatever else does would change a database, a connection, or nothing. */
const READING = new Set(["SELECT", "VALUES", "WITH"]);

/** PRAGMAs that only tell something of the database. */
const TELLING = new Set([
	"application_id",
	"auto_vacuum",
	"collation_list",
	"compile_options",
	"database_list",
	"encoding",
	"freelist_count",
	"function_list",
	"module_list",
	"page_count",
	"page_size",
	"pragma_list",
	"schema_version",
	"user_version",
]);

/** PRAGMAs that only tell something and are told of what. */
const TELLING_OF = new Set([
	"foreign_key_check",
	"foreign_key_list",
	"index_info",
	"index_list",
	"index_xinfo",
	"integrity_check",
	"quick_check",
	"table_info",
	"table_list",
	"table_xinfo",
]);

/** White space, comments and empty statements. An unclosed comment runs to the end, as in SQLite. */
const BLANK = /^(?:[\s\ufeff;]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*/;

/** What is left of a text after blanks at its start. */
export function skipBlank(sql: string): string {
	return sql.slice(BLANK.exec(sql)?.[0].length ?? 0);
}

/**
 * Why a statement is refused, or `undefined` when it only reads. Looked at before SQLite sees the text: some PRAGMAs
 * act while they are prepared. SQLite itself runs with `query_only` on, which stops what gets past the first word.
 */
export function refusal(sql: string): string | undefined {
	const statement = skipBlank(sql);
	const word = /^\w+/.exec(statement)?.[0].toUpperCase();
	// Not a word: let SQLite say what is wrong with it.
	if (word === undefined || READING.has(word)) return undefined;
	if (word === "EXPLAIN") return refusal(statement.slice(word.length).replace(/^\s+query\s+plan\b/i, ""));
	if (word === "PRAGMA") return pragmaRefusal(statement);
	if (
		!/^(?:ALTER|ANALYZE|ATTACH|BEGIN|COMMIT|CREATE|DELETE|DETACH|DROP|END|INSERT|REINDEX|RELEASE|REPLACE|ROLLBACK|SAVEPOINT|UPDATE|VACUUM)$/.test(
			word,
		)
	) {
		return undefined;
	}
	return `${word} is refused: a snapshot is read-only. Restore it to a file to work on a copy.`;
}

function pragmaRefusal(statement: string): string | undefined {
	const match = /^pragma\s+(?:\w+\s*\.\s*)?(\w+)\s*([\s\S]*)$/i.exec(statement);
	const name = match?.[1]?.toLowerCase();
	if (name === undefined || TELLING_OF.has(name)) return undefined;
	if (!TELLING.has(name)) return `PRAGMA ${name} is refused: it does not tell of the snapshot, which is read-only.`;
	return skipBlank(match?.[2] ?? "") === ""
		? undefined
		: `PRAGMA ${name} with a value is refused: a snapshot is read-only.`;
}
