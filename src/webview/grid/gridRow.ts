import { html, type TemplateResult } from "lit";
import type { Row } from "../../protocol/values";
import { formatCell } from "../cell/formatValue";
import { drawText } from "../drawText";
import { formatCount } from "../l10n";
import type { GridPosition } from "./gridPosition";
import { type GridArea, isInArea, type SelectionExtent } from "./gridSelection";

/** What the rows of a grid have in common. Columns of positions are places on the screen. */
export interface GridRows {
	/** Places of the columns that are drawn: those that stay at the left, and those of the others in view. */
	readonly pinned: readonly number[];
	readonly loose: readonly number[];
	/** Positions in the result, by place. */
	readonly columns: readonly number[];
	readonly active: GridPosition;
	readonly selected: GridArea;
	/** The pointer went down on a cell, or on a row's number. */
	press(event: PointerEvent, position: GridPosition, extent: SelectionExtent): void;
	open(): void;
}

const NOT_HERE = { kind: "pending", text: "·", note: "" };

/** One row; the cells of one that is not here are quiet places for them. */
export function gridRow(row: number, values: Row | undefined, grid: GridRows): TemplateResult {
	const cell = (column: number, first: boolean) => gridCell({ row, column }, values, first, grid);
	return html`<div role="row" aria-rowindex=${row + 2} aria-busy=${values === undefined}>
		<div role="presentation" class="lead">
			<div
				role="rowheader"
				class="cell number"
				aria-colindex="1"
				@pointerdown=${(event: PointerEvent) => grid.press(event, { row, column: grid.active.column }, "rows")}
				>${formatCount(row + 1)}</div
			>
			${grid.pinned.map((place) => cell(place, false))}
		</div>
		${grid.loose.map((place, n) => cell(place, n === 0))}
	</div>`;
}

function gridCell(position: GridPosition, values: Row | undefined, first: boolean, grid: GridRows): TemplateResult {
	const value = values?.[grid.columns[position.column] ?? 0] ?? null;
	const { kind, text, note } = values === undefined ? NOT_HERE : formatCell(value);
	const selected = isInArea(grid.selected, position);
	const active = position.row === grid.active.row && position.column === grid.active.column;
	const state = active ? "active" : selected ? "selected" : "";
	return html`<div
		role="gridcell"
		id=${cellId(position)}
		class="cell ${kind} ${note ? "noted" : ""} ${first ? "first" : ""} ${state}"
		aria-colindex=${position.column + 2}
		aria-selected=${selected}
		@pointerdown=${(event: PointerEvent) => grid.press(event, position, "cells")}
		@dblclick=${grid.open}
		>${drawText(text)}${note ? html`<span class="note">${note}</span>` : ""}</div
	>`;
}

/** Of a cell's element. */
export function cellId({ row, column }: GridPosition): string {
	return `cell-${row}-${column}`;
}

/** `undefined` for an element that is no cell. */
export function positionOf(element: Element | null | undefined): GridPosition | undefined {
	const [, row, column] = /^cell-(\d+)-(\d+)$/.exec(element?.closest("[role=gridcell]")?.id ?? "") ?? [];
	return row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) };
}
