import { CompletionContext, type CompletionSource } from "@codemirror/autocomplete";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import type { NamedTable, SchemaNames } from "../../../../src/webview/sql/schemaNames";
import { sqlLanguage } from "../../../../src/webview/sql/sqlCompletion";

const table = (name: string, ...columns: string[]): NamedTable => ({
	name,
	kind: "table",
	columns: columns.map((column) => ({ name: column, type: "TEXT" })),
});
const NAMES: SchemaNames = {
	tables: [
		table("users", "id", "full name", "group"),
		table("order", "user"),
		table("a.b\u202e", "x"),
		table("self", "children"),
	],
	functions: ["abs", "upper"],
};

/** What is put in when each thing is chosen that is offered at `|`. */
async function offered(text: string, explicit = true): Promise<readonly string[]> {
	const at = text.indexOf("|");
	const created = EditorState.create({ doc: text.replace("|", ""), extensions: [...sqlLanguage(NAMES)] });
	// The editor parses as time allows; here all of it has to be done. A state takes over what was parsed when it changes.
	expect(ensureSyntaxTree(created, created.doc.length, 10_000)).not.toBeNull();
	const { state } = created.update({});
	const context = new CompletionContext(state, at, explicit);
	const results = await Promise.all(
		state.languageDataAt<CompletionSource>("autocomplete", at).map((source) => source(context)),
	);
	return results.flatMap((result) => result?.options.map(({ label, apply }) => String(apply ?? label)) ?? []);
}

test("columns without their table are those of the tables that the text names", async () => {
	const some = await offered("select | from users u");
	expect(some).toEqual(expect.arrayContaining(["id", '"full name"', '"group"', "users", "abs(", "SELECT"]));
	expect(some).not.toContain("user");
	expect(await offered("select | from users, `ORDER`")).toContain("user");
});

test("behind a table or its alias stand its own columns alone", async () => {
	expect(await offered("select u.| from users u")).toEqual(["id", '"full name"', '"group"']);
	expect(await offered('select "order".| from "order"')).toEqual(["user"]);
	expect(await offered('select 1 from users as ü join main.`order` "o x" on "O X".|')).toEqual(["user"]);
	expect(await offered("select x.| from users u")).toEqual([]);
	expect(await offered("select main.|")).toEqual(["users", '"order"', '"a.b\u202e"', "self"]);
});

test("names that would not stand as they are are quoted, and those of a hostile schema stay names", async () => {
	expect(await offered("select * from |")).toEqual(expect.arrayContaining(['"order"', '"a.b\u202e"', "self"]));
	expect(await offered("select self.| from self")).toEqual(["children"]);
});

test.each(["select 'a|'", "select 1 -- a|", "select /* a| */ 1"])("nothing is offered in %s", async (text) => {
	expect(await offered(text, false)).toEqual([]);
});
