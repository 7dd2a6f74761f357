import { html, type TemplateResult } from "lit";
import { drawName } from "./drawText";

/** A column as its header shows it. */
export interface HeaderCell {
	readonly name: string;
	/** Where it stands among the columns that are shown, from 0. */
	readonly place: number;
	/** Whether it is the first that is drawn. */
	readonly first: boolean;
	/** Whether its values stand to the right. */
	readonly numeric: boolean;
}

/** The header of one column. */
export function gridHeader({ name, place, first, numeric }: HeaderCell): TemplateResult {
	return html`<div
		role="columnheader"
		class="cell ${numeric ? "numeric" : ""} ${first ? "first" : ""}"
		aria-colindex=${place + 2}
		>${drawName(name)}</div
	>`;
}
