import { sqlTokens } from "../core/sqlite/sqlTokens";

/** Statements that change something, beside PRAGMA. */
const WRITING =
	/^(?:ALTER|ANALYZE|ATTACH|BEGIN|COMMIT|CREATE|DELETE|DETACH|DROP|END|INSERT|REINDEX|RELEASE|REPLACE|ROLLBACK|SAVEPOINT|UPDATE|VACUUM)$/;

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

/** What is left of a text after white space, comments and empty statements at its start. */
export function skipBlank(sql: string): string {
	for (const { kind, start } of sqlTokens(sql)) {
		if (kind !== "blank" && kind !== "semicolon") return sql.slice(start);
	}
	return "";
}

/**
 * Why a statement is refused, or `undefined` when it only reads. Looked at before SQLite sees the text: some PRAGMAs
 * act while they are prepared, even behind EXPLAIN. SQLite itself runs with `query_only` on, which stops what gets past
 * the first word.
 */
export function refusal(sql: string): string | undefined {
	const { word, rest } = firstWord(sql);
	if (word === "EXPLAIN") return refusal(withoutQueryPlan(rest));
	if (word === "PRAGMA") return pragmaRefusal(rest);
	// What is no such word, let SQLite say what is wrong with it.
	return WRITING.test(word)
		? `${word} is refused: a snapshot is read-only. Restore it to a file to work on a copy.`
		: undefined;
}

function withoutQueryPlan(sql: string): string {
	const query = firstWord(sql);
	const plan = firstWord(query.rest);
	return query.word === "QUERY" && plan.word === "PLAN" ? plan.rest : sql;
}

/** `text`: what stands behind the word PRAGMA. */
function pragmaRefusal(text: string): string | undefined {
	let { word, rest } = firstWord(text);
	if (rest.startsWith(".")) ({ word, rest } = firstWord(rest.slice(1)));
	const name = word.toLowerCase();
	// SQLite takes a name in quotes as well.
	if (name === "") return "PRAGMA is refused where its name is no plain word: a snapshot is read-only.";
	if (TELLING_OF.has(name)) return undefined;
	if (!TELLING.has(name)) return `PRAGMA ${name} is refused: it does not tell of the snapshot, which is read-only.`;
	return /^[=(]/.test(rest) ? `PRAGMA ${name} with a value is refused: a snapshot is read-only.` : undefined;
}

/** The word that a text begins with, upper case, or none, and what stands behind it and the blanks there. */
function firstWord(sql: string): { readonly word: string; readonly rest: string } {
	const statement = skipBlank(sql);
	const word = /^\w*/.exec(statement)?.[0] ?? "";
	return { word: word.toUpperCase(), rest: skipBlank(statement.slice(word.length)) };
}
