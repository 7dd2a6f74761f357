import { html, nothing, type TemplateResult } from "lit";
import type { SchemaObject } from "../../protocol/engine";
import { formatCell, WHOLE_VIEW_LIMITS } from "../cell/formatValue";
import { drawName, drawText } from "../drawText";
import { t } from "../l10n";

/** The CREATE statement of an object, and why it has no rows to show. */
export function drawDefinition({ kind, name, table, sql, unusable }: SchemaObject): TemplateResult {
	return html`<div>
			${unusable === undefined ? nothing : html`<p>${drawText(unusable)}</p>`}
			<strong>${drawName(name)}</strong>
			${table === name ? nothing : html`<span class="dim"> · ${drawName(table)}</span>`}
		</div>
		<pre tabindex="0" role="group" aria-label=${t("Definition")}>${sql === undefined ? withoutDefinition(kind) : drawSql(sql)}</pre>`;
}

function drawSql(sql: string): TemplateResult {
	const { text, note } = formatCell(sql, WHOLE_VIEW_LIMITS);
	return html`${drawText(text, true)} <span class="dim">${note}</span>`;
}

function withoutDefinition(kind: SchemaObject["kind"]): string {
	if (kind === "index") return t("SQLite made this index by itself, for a UNIQUE or PRIMARY KEY constraint.");
	return t("The schema holds no definition of it.");
}
