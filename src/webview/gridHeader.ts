import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { drawName } from "./drawText";

/** A column as its header shows it. */
export interface HeaderCell {
	readonly name: string;
	/** As the schema declares it, where that is known. */
	readonly type: string | undefined;
	/** Where it stands among the columns that are shown, from 0. */
	readonly place: number;
	/** Whether it is the first that is drawn of those that scroll. */
	readonly first: boolean;
	/** Whether its values stand to the right. */
	readonly numeric: boolean;
	/** Whether a column that is dragged would come to stand here. */
	readonly aimed: boolean;
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
	press,
	pressEdge,
	fit,
}: HeaderCell): TemplateResult {
	return html`<div
		role="columnheader"
		class="cell ${numeric ? "numeric" : ""} ${first ? "first" : ""} ${aimed ? "aimed" : ""}"
		aria-colindex=${place + 2}
		data-place=${place}
		title=${ifDefined(type)}
		@pointerdown=${press}
		>${drawName(name)}${type ? html` <span class="type">${drawName(type)}</span>` : nothing}<span
			class="edge"
			aria-hidden="true"
			@pointerdown=${pressEdge}
			@dblclick=${fit}
		></span
	></div>`;
}
