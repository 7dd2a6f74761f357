import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import type { SqlValue } from "../../protocol/values";
import type { OpenedCell, StepCellEvent } from "../cell/cellValue";
import { formatWhole } from "../cell/formatValue";
import { textStyles } from "../drawText";
import { t } from "../l10n";
import type { WindowPoint } from "../popStyles";
import { baseStyles } from "../styles";
import type { ColumnLayout } from "./columnLayout";
import { ColumnLayouts } from "./columnLayouts";
import type { LayoutEvent } from "./columnsMenu";
import { type CopyFormat, copyShape } from "./copyShapes";
import { type GridCommand, gridCommand } from "./gridCommand";
import { GridCopy } from "./gridCopy";
import type { CopyAsEvent, GridFoot } from "./gridFoot";
import { type ColumnMark, gridHeader } from "./gridHeader";
import type { GridPosition } from "./gridPosition";
import { cellId, gridRow } from "./gridRow";
import { cellCount, type GridArea, GridSelection, isInArea, type SelectionExtent } from "./gridSelection";
import { MIN_COLUMN_PX, PROBE } from "./gridSizes";
import { GridView } from "./gridView";
import { follow, HeaderDrag } from "./headerDrag";
import { pointedPlace, pointedPosition } from "./pointedPosition";
import { gridStyles } from "./resultGridStyles";
import { NO_ROWS, type RowSource } from "./rowSource";
import { selectionText } from "./selectionText";
import "./gridFoot";

/** The user asked for the text of a cell, or of several, on the clipboard. */
export type CopyCellEvent = CustomEvent<string>;
/** The user asked to see a cell's whole value, or made another cell the current one. */
export type OpenCellEvent = CustomEvent<OpenedCell>;

/** Where somebody is in a grid: the first row in view, and the current cell. */
export interface GridPlace {
	readonly top: number;
	readonly active: GridPosition;
}

/** By so much a key makes a column wider. */
const RESIZE_PX = 24;

const layouts = new ColumnLayouts();

/**
 * The rows of a result. Only the cells in view are in the document, so the keyboard's focus stays on the grid itself and
 * the current cell is told by `aria-activedescendant`. A position's column is a place on the screen.
 */
@customElement("result-grid")
export class ResultGrid extends LitElement {
	@property({ attribute: false }) accessor source: RowSource = NO_ROWS;
	/** Of the columns that something is said of, by name. */
	@property({ attribute: false }) accessor marks: ReadonlyMap<string, ColumnMark> = new Map();
	@state() private accessor selection = new GridSelection();
	@state() private accessor layout: ColumnLayout = layouts.of([]);
	/** The place where a column that is dragged would come to stand. */
	@state() private accessor aimed: number | undefined;
	@query("[role=grid]") private accessor scroller!: HTMLElement;
	@query(".probe") private accessor probe!: HTMLElement;
	@query("grid-foot") private accessor foot!: GridFoot;

	readonly #redraw = () => this.requestUpdate();
	/** Those that the layout is of. */
	#columns: readonly string[] = [];
	/** What the selected cells come to. */
	#summary = "";
	readonly #view = new GridView(() => this.scroller, this.#redraw);
	#unmount = () => {};
	#unwatch = () => {};
	/** Whether the current cell is another, and its value has not been told yet. */
	#untold = false;
	#toRestore: GridPlace | undefined;
	readonly #copying = new GridCopy(this.#redraw);
	readonly #headers = new HeaderDrag({
		widthOf: (place) => this.#view.columnPx(place),
		resize: (place, px) => this.#relayout(this.layout.resize(this.#columnAt(place), Math.max(MIN_COLUMN_PX, px))),
		placeAt: (clientX) => pointedPlace(this.renderRoot, clientX),
		aim: (place) => {
			this.aimed = place;
		},
		move: (from, to) => this.#relayout(this.layout.moveTo(this.#columnAt(from), to)),
		choose: (place, extended) => this.#select({ row: this.selection.active.row, column: place }, "columns", extended),
	});

	static override styles = [baseStyles, textStyles, gridStyles];

	override connectedCallback(): void {
		super.connectedCallback();
		this.#unmount = this.#view.mount();
		this.#watch();
	}

	override disconnectedCallback(): void {
		this.#unmount();
		this.#unwatch();
		this.#copying.cancel();
		super.disconnectedCallback();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("source")) {
			this.#watch();
			this.#copying.cancel();
			this.selection = new GridSelection();
		}
		if (this.source.columns !== this.#columns) {
			this.#columns = this.source.columns;
			this.layout = layouts.of(this.#columns);
		}
		this.#view.layOut(this.source, this.layout);
		// Not at every step of scrolling: it looks at every cell.
		if (changed.size > 0) this.#summary = selectionText(this.source, this.#area, this.layout.shown);
	}

	override render(): TemplateResult {
		const { source, layout, selection } = this;
		const { active } = selection;
		const { rows } = this.#view;
		const { pinned, loose } = this.#view.places;
		const selected = this.#area;
		const grid = {
			pinned,
			loose,
			columns: layout.shown,
			active,
			selected,
			press: this.#press.bind(this),
			open: () => void this.#tellCell("open-cell"),
		};
		const activeShown = rows.includes(active.row) && (pinned.includes(active.column) || loose.includes(active.column));
		return html`<span class="probe cell" aria-hidden="true">${PROBE}</span>
			<div
				role="grid"
				aria-label=${t("Results")}
				aria-rowcount=${source.complete ? source.rowCount + 1 : -1}
				aria-colcount=${layout.shown.length + 1}
				aria-readonly="true"
				aria-multiselectable="true"
				aria-activedescendant=${ifDefined(activeShown ? cellId(active) : undefined)}
				tabindex="0"
				@keydown=${this.#key}
				@contextmenu=${this.#contextMenu}
			>
				<div role="rowgroup" class="header">
					<div role="row" aria-rowindex="1">
						<div role="presentation" class="lead">
							<div role="columnheader" class="cell number" aria-colindex="1" aria-label=${t("Row")} @click=${this.#selectAll}>#</div>
							${pinned.map((place) => this.#header(place, false))}
						</div>
						${loose.map((place, n) => this.#header(place, n === 0))}
					</div>
				</div>
				<div role="rowgroup" class="body">
					<div role="presentation" class="window">${rows.map((row) => gridRow(row, source.row(row), grid))}</div>
				</div>
			</div>
			<grid-foot
				.summary=${this.#copying.text || this.#summary}
				.columns=${source.columns}
				.layout=${layout}
				@copy-as=${({ detail }: CopyAsEvent) => this.#copy(detail)}
				@layout-change=${({ detail }: LayoutEvent) => this.#relayout(detail)}
				@grid-focus=${this.focus}
			></grid-foot>`;
	}

	#header(place: number, first: boolean): TemplateResult {
		const column = this.#columnAt(place);
		const name = this.source.columns[column] ?? "";
		return gridHeader({
			name,
			mark: this.marks.get(name),
			type: this.source.types?.[column],
			place,
			first,
			numeric: this.#view.sizes.isNumeric(column),
			aimed: place === this.aimed,
			press: (event) => this.#headers.press(event, place),
			pressEdge: (event) => this.#headers.pressEdge(event, place),
			fit: () => this.#fit(column),
		});
	}

	protected override updated(changed: PropertyValues<this>): void {
		if (this.#view.measure(this.probe)) this.requestUpdate();
		if (changed.has("source")) this.#view.reset();
		this.#restore();
		this.#view.place(this.style);
		if (this.#untold) this.#untold = !this.#tellCell("active-cell");
		const { rows } = this.#view;
		// What is being copied is fetched first.
		if (!this.#copying.busy) this.source.want(rows[0] ?? 0, (rows.at(-1) ?? -1) + 1);
	}

	#watch(): void {
		this.#unwatch();
		// What is selected may come to something else now.
		this.#unwatch = this.source.watch(() => this.requestUpdate("selection"));
	}

	#columnAt(place: number): number {
		return this.layout.shown[place] ?? 0;
	}

	#key(event: KeyboardEvent): void {
		const pressed = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
		const size = { ...this.#size, pageRows: this.#view.pageRows };
		const command = gridCommand(pressed, this.selection.active, size);
		if (command === undefined || !this.#obey(command)) return;
		event.preventDefault();
		// VS Code has commands of its own on some of these keys.
		event.stopPropagation();
	}

	/** Answers whether there was something to do. */
	#obey(command: GridCommand): boolean {
		const { active } = this.selection;
		const column = this.#columnAt(active.column);
		switch (command.name) {
			case "move":
				this.#moveTo(command.to, command.extend);
				break;
			case "move-column":
				this.#relayout(this.layout.moveTo(column, active.column + command.by));
				break;
			case "resize-column": {
				const px = this.#view.columnPx(active.column) + command.by * RESIZE_PX;
				this.#relayout(this.layout.resize(column, Math.max(MIN_COLUMN_PX, px)));
				break;
			}
			case "copy":
				void this.#copy();
				break;
			case "open":
				this.#tellCell("open-cell");
				break;
			case "menu":
				this.#openMenu(this.#activeCorner);
				break;
			case "select-rows":
				this.#select(active, "rows", true);
				break;
			case "select-columns":
				this.#select(active, "columns", true);
				break;
			case "select-all":
				this.#selectAll();
				break;
			case "clear":
				return this.#clear();
			default:
				return command satisfies never;
		}
		return true;
	}

	get #size(): { readonly rows: number; readonly columns: number } {
		return { rows: this.source.rowCount, columns: this.layout.shown.length };
	}

	get #area(): GridArea {
		return this.selection.areaIn(this.#size);
	}

	/** Makes a cell so many rows down and columns to the right the current one, as far as there are such. */
	step({ rows, columns }: StepCellEvent["detail"]): void {
		const { active } = this.selection;
		const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
		const [row, column] = [active.row + rows, active.column + columns];
		this.#moveTo({ row: within(row, this.#size.rows), column: within(column, this.#size.columns) }, false);
	}

	#moveTo(position: GridPosition, extended: boolean): void {
		this.#select(position, extended ? this.selection.extent : "cells", extended);
		this.#view.reveal(position);
	}

	#select(position: GridPosition, extent: SelectionExtent, extended: boolean): void {
		this.selection = this.selection.to(position, extent, extended);
		this.#copying.forget();
		this.#untold = true;
	}

	#selectAll(): void {
		this.selection = this.selection.all();
		this.#copying.forget();
	}

	/** Answers whether there was anything to clear. */
	#clear(): boolean {
		const wasClear = !this.#copying.busy && cellCount(this.#area) === 1;
		if (!this.#copying.busy) this.selection = this.selection.collapsed();
		this.#copying.cancel();
		return !wasClear;
	}

	/** The pointer went down on a cell or a row's number: what it is dragged over is selected. */
	#press(event: PointerEvent, position: GridPosition, extent: SelectionExtent): void {
		const isPlain = event.button === 0;
		if (!isPlain && isInArea(this.#area, position)) return;
		this.#select(position, extent, event.shiftKey && isPlain);
		if (!isPlain) return;
		follow(event, {
			moved: ({ clientX, clientY }) => {
				const under = this.#pointed(clientX, clientY);
				if (under !== undefined) this.#moveTo(under, true);
			},
		});
	}

	#pointed(clientX: number, clientY: number): GridPosition | undefined {
		const { scroller, shadowRoot: root } = this;
		if (root === null) return undefined;
		const { active, extent } = this.selection;
		const grid = {
			scroller,
			root,
			active,
			size: this.#size,
			headPx: this.#view.sizes.rowPx,
			leadPx: this.#view.leadPx,
		};
		return pointedPosition({ ...grid, inRows: extent === "rows" }, clientX, clientY);
	}

	/** The current cell stays the same one, wherever its column goes. */
	#relayout(layout: ColumnLayout): void {
		const { row, column } = this.selection.active;
		const place = Math.max(0, layout.shown.indexOf(this.#columnAt(column)));
		this.layout = layout;
		layouts.keep(this.source.columns, layout);
		if (place !== column) this.#select({ row, column: place }, "cells", false);
	}

	#fit(column: number): void {
		this.#relayout(this.layout.resize(column, this.#view.fittingPx(column)));
	}

	get #value(): SqlValue | undefined {
		const { row, column } = this.selection.active;
		return this.source.row(row)?.[this.#columnAt(column)];
	}

	async #copy(format: CopyFormat = "text"): Promise<void> {
		const area = this.#area;
		const value = this.#value;
		if (format === "text" && cellCount(area) === 1) {
			if (value !== undefined) this.#tellCopied(formatWhole(value));
			return;
		}
		const columns = this.layout.shown.slice(area.left, area.right + 1);
		const names = columns.map((column) => this.source.columns[column] ?? "");
		const text = await this.#copying.start(this.source, area, columns, copyShape(format, names, this.source.table));
		if (text !== undefined) this.#tellCopied(text);
	}

	#tellCopied(detail: string): void {
		this.dispatchEvent(new CustomEvent<string>("copy-cell", { detail, bubbles: true, composed: true }));
	}

	#contextMenu(event: MouseEvent): void {
		event.preventDefault();
		const header = (event.target as Element).closest<HTMLElement>("[data-place]");
		if (header !== null) {
			this.#select({ row: this.selection.active.row, column: Number(header.dataset["place"]) }, "columns", false);
		}
		this.#openMenu({ x: event.clientX, y: event.clientY });
	}

	#openMenu(at: WindowPoint): void {
		const place = this.selection.active.column;
		const column = this.#columnAt(place);
		const menu = {
			column: this.source.columns[column] ?? "",
			isPinned: this.layout.isPinned(column),
			open: () => void this.#tellCell("open-cell"),
			select: (extent: SelectionExtent) => this.#select(this.selection.active, extent, true),
			hide: () => this.#relayout(this.layout.hide(column)),
			pin: (isPinned: boolean) => this.#relayout(this.layout.pin(column, isPinned)),
			move: (by: 1 | -1) => this.#relayout(this.layout.moveTo(column, place + by)),
			fit: () => this.#fit(column),
		};
		this.foot.openMenu(menu, at);
	}

	/** Below the current cell, where it is drawn. */
	get #activeCorner(): WindowPoint {
		const { left: x, bottom: y } = (this.renderRoot.querySelector(".active") ?? this).getBoundingClientRect();
		return { x, y };
	}

	/** The current cell, where its value is here. */
	get current(): OpenedCell | undefined {
		const value = this.#value;
		if (value === undefined) return undefined;
		const { row, column } = this.selection.active;
		return { row, column: this.source.columns[this.#columnAt(column)] ?? "", value };
	}

	get place(): GridPlace {
		return { top: this.#view.top, active: this.selection.active };
	}

	/** Goes to a place, once its rows are known of. */
	restore(place: GridPlace): void {
		this.#toRestore = place;
		this.requestUpdate();
	}

	#restore(): void {
		const place = this.#toRestore;
		const { rowCount, complete } = this.source;
		if (place === undefined || (rowCount <= place.active.row && !complete)) return;
		this.#toRestore = undefined;
		this.#moveTo(place.active, false);
		this.#view.scrollTo(place.top);
	}

	/** Answers whether the value is here. */
	#tellCell(name: "open-cell" | "active-cell"): boolean {
		const detail = this.current;
		if (detail === undefined) return false;
		this.dispatchEvent(new CustomEvent<OpenedCell>(name, { detail }));
		return true;
	}

	/** Scrolls to the current cell where it is out of view. */
	showActive(): void {
		this.renderRoot.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	override focus(): void {
		this.scroller.focus();
	}
}
