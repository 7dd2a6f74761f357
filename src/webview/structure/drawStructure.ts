import { html, nothing, type TemplateResult } from "lit";
import type { ColumnStructure, ForeignKey, IndexColumn, IndexStructure } from "../../protocol/structure";
import { drawName, drawText } from "../drawText";
import { formatCount, t } from "../l10n";

/** Rows of one table that are drawn at most; SQLite has 2,000 columns at most. */
const MOST = 2000;

/** Draws the name of another object so that it leads there. */
export type LeadTo = (name: string) => TemplateResult;

/** The columns of a table or view. */
export function drawColumns(columns: readonly ColumnStructure[]): TemplateResult | typeof nothing {
	if (columns.length === 0) return nothing;
	const heads = [t("Column"), t("Type"), t("Affinity"), t("Key"), t("Constraint"), t("Default")];
	return drawTable(t("Columns"), heads, columns, ({ name, type, affinity, keyPosition, defaultValue, ...column }) => [
		drawName(name),
		drawText(type),
		affinity,
		keyPosition === 0 ? "" : t("primary key, {0}", keyPosition),
		[...(column.notNull ? ["NOT NULL"] : []), ...kindText(column.kind)].join(", "),
		defaultValue === undefined ? "" : drawName(defaultValue),
	]);
}

/** Indexes; the name of each leads to it where `leadTo` is given. */
export function drawIndexes(indexes: readonly IndexStructure[], leadTo: LeadTo = drawName): TemplateResult {
	const heads = [t("Index"), t("Columns"), t("Unique"), t("Made by")];
	return drawTable(t("Indexes"), heads, indexes, ({ name, columns, unique, partial, from }) => [
		leadTo(name),
		html`${columns.map((column, n) => html`${n === 0 ? "" : ", "}${drawIndexColumn(column)}`)}`,
		unique ? t("yes") : "",
		[madeBy(from), ...(partial ? [t("partial: leaves rows out")] : [])].join(", "),
	]);
}

/** Foreign keys, those of one direction. `other`: the table at the other end. */
export function drawForeignKeys(
	title: string,
	keys: readonly ForeignKey[],
	other: (key: ForeignKey) => TemplateResult,
): TemplateResult | typeof nothing {
	if (keys.length === 0) return nothing;
	const heads = [t("Table"), t("Columns"), t("Referred to"), t("On update"), t("On delete")];
	return drawTable(title, heads, keys, (key) => [
		other(key),
		drawName(key.columns.join(", ")),
		key.parentColumns === undefined ? t("its primary key") : drawName(key.parentColumns.join(", ")),
		key.onUpdate,
		key.onDelete,
	]);
}

type Cell = TemplateResult | string;

function drawTable<Item>(
	title: string,
	heads: readonly string[],
	items: readonly Item[],
	cells: (item: Item) => readonly Cell[],
): TemplateResult {
	const more = items.length - MOST;
	return html`<h3>${title}</h3>
		<div class="scroll" role="region" aria-label=${title} tabindex="0">
			<table>
				<thead>
					<tr>
						${heads.map((head) => html`<th scope="col">${head}</th>`)}
					</tr>
				</thead>
				<tbody>
					${items.slice(0, MOST).map((item) => {
						const [first, ...others] = cells(item);
						return html`<tr>
							<th scope="row">${first}</th>
							${others.map((cell) => html`<td>${cell}</td>`)}
						</tr>`;
					})}
				</tbody>
			</table>
			${more > 0 ? html`<p>${t("and {0} more", formatCount(more))}</p>` : nothing}
		</div>`;
}

function drawIndexColumn({ name, descending, collation }: IndexColumn): TemplateResult {
	const isPlain = collation.toUpperCase() === "BINARY" || collation === "";
	return html`${name === undefined ? html`<i>${t("expression")}</i>` : drawName(name)}${isPlain ? nothing : html` COLLATE ${drawName(collation)}`}${descending ? " DESC" : nothing}`;
}

function kindText(kind: ColumnStructure["kind"]): readonly string[] {
	switch (kind) {
		case "plain":
			return [];
		case "hidden":
			return [t("hidden")];
		case "virtual":
			return [t("generated, virtual")];
		case "stored":
			return [t("generated, stored")];
		default:
			return kind satisfies never;
	}
}

function madeBy(from: IndexStructure["from"]): string {
	switch (from) {
		case "statement":
			return "CREATE INDEX";
		case "unique":
			return "UNIQUE";
		case "primary-key":
			return "PRIMARY KEY";
		default:
			return from satisfies never;
	}
}
