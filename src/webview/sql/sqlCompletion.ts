import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { sql } from "@codemirror/lang-sql";
import { syntaxTree } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { quoteIdentifier } from "../../core/sqlite/quoteIdentifier";
import { nameOf, type SqlToken, sqlTokens } from "../../core/sqlite/sqlTokens";
import { t } from "../l10n";
import { visibleText } from "../visibleText";
import type { NamedTable, SchemaNames } from "./schemaNames";
import { isPlainName, sqliteDialect } from "./sqlDialect";

const MAX_NAME_CHARACTERS = 200;
const WORD = /^[\w$\u0080-\uffff]*$/;

/**
 * SQL, and completion of its keywords, of SQLite's functions, and of the tables and columns that are there. The library
 * completes from a schema too, but takes seconds to be told of 10,000 tables.
 */
export function sqlLanguage({ tables, functions }: SchemaNames): readonly Extension[] {
	const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
	const tableNames = tables.map(tableCompletion);
	const calls = functions.map(
		(name): Completion => ({ label: name, apply: `${name}(`, detail: detail(t("function")), type: "function" }),
	);
	const complete = (context: CompletionContext) => completeNames(context, byName, tableNames, calls);
	return [
		sql({ dialect: sqliteDialect, upperCaseKeywords: true }),
		sqliteDialect.language.data.of({ autocomplete: complete }),
	];
}

/** Behind a table or its alias its columns; elsewhere the columns of all tables that the text names, tables and functions. */
function completeNames(
	context: CompletionContext,
	tables: ReadonlyMap<string, NamedTable>,
	tableNames: readonly Completion[],
	calls: readonly Completion[],
): CompletionResult | null {
	const word = context.matchBefore(/[\w$\u0080-\uffff]+/);
	const from = word?.from ?? context.pos;
	const behindPoint = context.state.sliceDoc(from - 1, from) === ".";
	if (word === null && !behindPoint && !context.explicit) return null;
	if (/String|Comment/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
	const tokens = [...sqlTokens(context.state.doc.toString())].filter(({ kind }) => kind !== "blank");
	if (behindPoint) {
		const name = nameAt(tokens, tokens.findIndex(({ start }) => start === from - 1) - 1);
		if (name === "main") return { from, options: tableNames, validFor: WORD };
		const table = tableCalled(name, tokens, tables);
		return table === undefined ? null : { from, options: table.columns.map(columnCompletion), validFor: WORD };
	}
	const columns = new Map<string, Completion>();
	for (const n of tokens.keys()) {
		const table = tables.get(nameAt(tokens, n));
		for (const column of table?.columns ?? []) columns.set(column.name, { ...columnCompletion(column), boost: 1 });
	}
	return { from, options: [...columns.values(), ...tableNames, ...calls], validFor: WORD };
}

/** The table of a name, or of an alias, which stands behind the table's name. */
function tableCalled(
	name: string,
	tokens: readonly SqlToken[],
	tables: ReadonlyMap<string, NamedTable>,
): NamedTable | undefined {
	const named = (n: number) => tables.get(nameAt(tokens, nameAt(tokens, n - 1) === "as" ? n - 2 : n - 1));
	const alias = [...tokens.keys()].find((n) => nameAt(tokens, n) === name && named(n) !== undefined);
	return tables.get(name) ?? (alias === undefined ? undefined : named(alias));
}

/** The name at a position, lower case; empty where there is none. */
function nameAt(tokens: readonly SqlToken[], position: number): string {
	const token = tokens[position];
	return (token === undefined ? undefined : nameOf(token))?.toLowerCase() ?? "";
}

function tableCompletion({ name, kind }: NamedTable): Completion {
	return { ...nameCompletion(name), detail: detail(kind === "view" ? t("view") : t("table")), type: "type", boost: 1 };
}

function columnCompletion({ name, type }: NamedTable["columns"][number]): Completion {
	return { ...nameCompletion(name), detail: detail(shown(type)), type: "property" };
}

function nameCompletion(name: string): Completion {
	return { label: shown(name), apply: isPlainName(name) ? name : quoteIdentifier(name) };
}

/** Stands apart from the name for those who hear it, too. */
function detail(text: string): string {
	return ` ${text}`;
}

function shown(text: string): string {
	const short = text.length > MAX_NAME_CHARACTERS ? `${text.slice(0, MAX_NAME_CHARACTERS)}…` : text;
	return visibleText(short)
		.map((part) => part.text)
		.join("");
}
