import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { type SQLNamespace, sql } from "@codemirror/lang-sql";
import { syntaxTree } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { quoteIdentifier } from "../core/sqlite/quoteIdentifier";
import { nameOf, sqlTokens } from "../core/sqlite/sqlTokens";
import { t } from "./l10n";
import type { NamedTable, SchemaNames } from "./schemaNames";
import { isPlainName, sqliteDialect } from "./sqlDialect";
import { visibleText } from "./visibleText";

const MAX_NAME_CHARACTERS = 200;

/** SQL, and completion of its keywords, of SQLite's functions, and of the tables and columns that are there. */
export function sqlLanguage({ tables, functions }: SchemaNames): readonly Extension[] {
	const schema: SQLNamespace = Object.fromEntries(
		tables.map((table) => [
			// The library takes a point for the end of a schema's name.
			table.name.replaceAll(".", "\\."),
			{ self: tableCompletion(table), children: table.columns.map((column) => columnCompletion(column)) },
		]),
	);
	const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
	const calls = functions.map(
		(name): Completion => ({ label: name, apply: `${name}(`, detail: detail(t("function")), type: "function" }),
	);
	return [
		sql({ dialect: sqliteDialect, schema, upperCaseKeywords: true }),
		sqliteDialect.language.data.of({
			autocomplete: (context: CompletionContext) => plainNames(context, byName, calls),
		}),
	];
}

/** Functions, and without a table before them the columns of those tables that the text names. */
function plainNames(
	context: CompletionContext,
	tables: ReadonlyMap<string, NamedTable>,
	calls: readonly Completion[],
): CompletionResult | null {
	const word = context.matchBefore(/[\w$\u0080-\uffff]+/);
	if (word === null && !context.explicit) return null;
	const from = word?.from ?? context.pos;
	if (context.state.sliceDoc(from - 1, from) === ".") return null;
	if (/String|Comment/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
	const columns = new Map<string, Completion>();
	for (const token of sqlTokens(context.state.doc.toString())) {
		const table = tables.get(nameOf(token)?.toLowerCase() ?? "");
		for (const column of table?.columns ?? []) columns.set(column.name, { ...columnCompletion(column), boost: 1 });
	}
	return { from, options: [...columns.values(), ...calls], validFor: /^[\w$\u0080-\uffff]*$/ };
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
