import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { drawName, nameText } from "../drawText";

/** What is said of a column beside its name. */
export interface ColumnMark {
	readonly sorted?: "ascending" | "descending" | undefined;
	readonly filtered: boolean;
}

/** A column as its header shows it. */
export interface HeaderCell {
	readonly name: string;
	/** As the schema declares it; empty for none, or where that is not known. */
	readonly type: string;
	/** Where it stands among the columns that are shown, from 0. */
	readonly place: number;
	/** Whether it is the first that is drawn of those that scroll. */
	readonly first: boolean;
	/** Whether its values stand to the right. */
	readonly numeric: boolean;
	/** Whether a column that is dragged would come to stand here. */
	readonly aimed: boolean;
	readonly mark: ColumnMark | undefined;
	press(event: PointerEvent): void;
	/** On its right edge. */
	pressEdge(event: PointerEvent): void;
	/** As wide as its values need. */
	fit(): void;
}

/** The header of one column. */
export function gridHeader({
	name,
	type,
	place,
	first,
	numeric,
	aimed,
	mark,
	press,
	pressEdge,
	fit,
}: HeaderCell): TemplateResult {
	return html`<div
		role="columnheader"
		class="cell ${numeric ? "numeric" : ""} ${first ? "first" : ""} ${aimed ? "aimed" : ""}"
		aria-colindex=${place + 2}
		data-place=${place}
		aria-sort=${ifDefined(mark?.sorted)}
		title=${ifDefined(type === "" ? undefined : `${nameText(name)} ${nameText(type)}`)}
		@pointerdown=${press}
		>${mark === undefined ? nothing : drawMark(mark)}${drawName(name)}${type === "" ? nothing : html` <span class="type">${drawName(type)}</span>`}<span
			class="edge"
			aria-hidden="true"
			@pointerdown=${pressEdge}
			@dblclick=${fit}
		></span
	></div>`;
}

/** Before the name, where nothing clips it. */
function drawMark({ sorted, filtered }: ColumnMark): TemplateResult {
	const arrow = sorted === undefined ? "" : sorted === "ascending" ? "↑ " : "↓ ";
	return html`<span aria-hidden="true">${arrow}${filtered ? "• " : ""}</span>`;
}
