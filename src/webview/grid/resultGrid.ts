import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { repeat } from "lit/directives/repeat.js";
import type { OpenedCell, StepCellEvent } from "../cell/cellValue";
import { textStyles } from "../drawText";
import { t } from "../l10n";
import type { WindowPoint } from "../popStyles";
import { baseStyles } from "../styles";
import type { LayoutEvent } from "./columnsMenu";
import { GridActions } from "./gridActions";
import { gridCommand } from "./gridCommand";
import { GridCopy } from "./gridCopy";
import { GridCursor } from "./gridCursor";
import type { CopyAsEvent, GridFoot } from "./gridFoot";
import { type ColumnMark, gridHeader } from "./gridHeader";
import { gridMenu, type MenuPlace, type MoreItems } from "./gridMenu";
import { type GridPlace, PlaceToRestore } from "./gridPlace";
import type { GridPosition } from "./gridPosition";
import { cellId, gridRow } from "./gridRow";
import type { SelectionExtent } from "./gridSelection";
import { PROBE } from "./gridSizes";
import { GridView } from "./gridView";
import { HeaderDrag } from "./headerDrag";
import { obeyCommand } from "./obeyCommand";
import { pointedPlace } from "./pointedPosition";
import { pressCell } from "./pressCell";
import { gridStyles } from "./resultGridStyles";
import { NO_ROWS, type RowSource } from "./rowSource";
import { selectionText } from "./selectionText";
import "./gridFoot";

/**
 * The rows of a result. Only the cells in view are in the document, so the keyboard's focus stays on the grid itself and
 * the current cell is told by `aria-activedescendant`. A position's column is a place on the screen.
 */
@customElement("result-grid")
export class ResultGrid extends LitElement {
	@property({ attribute: false }) accessor source: RowSource = NO_ROWS;
	/** Of the columns that something is said of, by name. */
	@property({ attribute: false }) accessor marks: ReadonlyMap<string, ColumnMark> = new Map();
	/** What its menu offers besides. */
	@property({ attribute: false }) accessor moreItems: MoreItems = () => [];
	/** The place where a column that is dragged would come to stand. */
	@state() private accessor aimed: number | undefined;
	@query("[role=grid]") private accessor scroller!: HTMLElement;
	@query(".window") private accessor window!: HTMLElement;
	@query(".probe") private accessor probe!: HTMLElement;
	@query("grid-foot") private accessor foot!: GridFoot;

	readonly #redraw = () => this.requestUpdate();
	/** What is selected comes to something else, for it may be other cells or other values. */
	readonly #summarize = () => {
		this.#summary = undefined;
		this.requestUpdate();
	};
	/** What the selected cells come to. */
	#summary: string | undefined;
	readonly #view = new GridView(() => this.scroller, this.#redraw);
	readonly #copying = new GridCopy(this.#redraw);
	readonly #cursor = new GridCursor(() => {
		this.#copying.forget();
		this.#summarize();
	}, this.#summarize);
	readonly #actions = new GridActions(this.#cursor, this.#view, this.#copying, this);
	readonly #toRestore = new PlaceToRestore();
	readonly #headers = new HeaderDrag({
		widthOf: (place) => this.#view.columnPx(place),
		resize: (place, px) => this.#actions.resize(place, px),
		placeAt: (clientX) => pointedPlace(this.renderRoot, clientX),
		aim: (place) => {
			this.aimed = place;
		},
		move: (from, to) => this.#actions.moveColumn(from, to),
		choose: (place, extended) => this.#selectColumn(place, extended),
	});
	#unmount = () => {};
	#unwatch = () => {};

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
		const { source } = this;
		if (changed.has("source")) {
			this.#watch();
			this.#copying.cancel();
			this.#summary = undefined;
		}
		this.#cursor.lookAt(source);
		const { area, layout } = this.#cursor;
		this.#view.layOut(source, layout);
		// Not at every step of scrolling: it looks at every cell.
		this.#summary ??= selectionText(source, area, layout.shown);
	}

	/** Rows that stay in view keep their elements; those of a row that leaves go to the one that comes. */
	override render(): TemplateResult {
		const { source } = this;
		const { active, area, layout } = this.#cursor;
		const { rows } = this.#view;
		const { pinned, loose } = this.#view.places;
		const grid = {
			pinned,
			loose,
			columns: layout.shown,
			active,
			selected: area,
			press: this.#press.bind(this),
			open: () => this.#actions.open(),
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
							<div role="columnheader" class="cell number" aria-colindex="1" aria-label=${t("Row")} @click=${() => this.#actions.selectAll()}>#</div>
							${pinned.map((place) => this.#header(place, false))}
						</div>
						${loose.map((place, n) => this.#header(place, n === 0))}
					</div>
				</div>
				<div role="rowgroup" class="body">
					<div role="presentation" class="window">${repeat(
						rows,
						(row) => row % rows.length,
						(row) => gridRow(row, source.row(row), grid),
					)}</div>
				</div>
			</div>
			<grid-foot
				.summary=${this.#copying.text || this.#summary}
				.columns=${source.columns}
				.layout=${layout}
				@copy-as=${({ detail }: CopyAsEvent) => this.#actions.copy(detail)}
				@layout-change=${({ detail }: LayoutEvent) => this.#cursor.arrange(detail)}
				@grid-focus=${this.focus}
			></grid-foot>`;
	}

	#header(place: number, first: boolean): TemplateResult {
		const column = this.#cursor.columnAt(place);
		const name = this.#cursor.nameAt(place);
		return gridHeader({
			name,
			mark: this.marks.get(name),
			type: this.source.types?.[column] ?? "",
			place,
			first,
			numeric: this.#view.sizes.isNumeric(column),
			aimed: place === this.aimed,
			press: (event) => this.#headers.press(event, place),
			pressEdge: (event) => this.#headers.pressEdge(event, place),
			fit: () => this.#actions.fit(place),
		});
	}

	protected override updated(changed: PropertyValues<this>): void {
		if (this.#view.measure(this.probe)) this.requestUpdate();
		if (changed.has("source")) this.#view.reset();
		this.#restore();
		this.#view.place(this.style, this.window.style);
		if (this.#cursor.isUntold) this.#cursor.isUntold = !this.#actions.tellCell("active-cell");
		const { rows } = this.#view;
		// What is being copied is fetched first.
		if (!this.#copying.busy) this.source.want(rows[0] ?? 0, (rows.at(-1) ?? -1) + 1);
	}

	#watch(): void {
		this.#unwatch();
		this.#unwatch = this.source.watch(this.#summarize);
	}

	#key(event: KeyboardEvent): void {
		const pressed = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
		const size = { ...this.#cursor.size, pageRows: this.#view.pageRows };
		const command = gridCommand(pressed, this.#cursor.active, size);
		if (command === undefined) return;
		if (!obeyCommand(command, this.#actions, () => this.#openMenu("cell", this.#activeCorner))) return;
		event.preventDefault();
		// VS Code has commands of its own on some of these keys.
		event.stopPropagation();
	}

	#press(event: PointerEvent, position: GridPosition, extent: SelectionExtent): void {
		const { scroller, shadowRoot: root } = this;
		if (root === null) return;
		const grid = { cursor: this.#cursor, view: this.#view, actions: this.#actions, scroller, root };
		pressCell(grid, event, position, extent);
	}

	#selectColumn(place: number, extended: boolean): void {
		this.#cursor.select({ row: this.#cursor.active.row, column: place }, "columns", extended);
	}

	#contextMenu(event: MouseEvent): void {
		event.preventDefault();
		const header = (event.target as Element).closest<HTMLElement>("[data-place]");
		if (header !== null) this.#selectColumn(Number(header.dataset["place"]), false);
		this.#openMenu(header === null ? "cell" : "header", { x: event.clientX, y: event.clientY });
	}

	#openMenu(on: MenuPlace, at: WindowPoint): void {
		const items = gridMenu(this.#actions, this.moreItems(on), () => this.foot.openColumns());
		this.foot.openMenu(items, at);
	}

	/** Below the current cell, where it is drawn. */
	get #activeCorner(): WindowPoint {
		const { left: x, bottom: y } = (this.renderRoot.querySelector(".active") ?? this).getBoundingClientRect();
		return { x, y };
	}

	/** The current cell, where its value is here. */
	get current(): OpenedCell | undefined {
		return this.#cursor.cell;
	}

	/** Makes a cell so many rows down and columns to the right the current one, as far as there are such. */
	step(by: StepCellEvent["detail"]): void {
		this.#actions.step(by);
	}

	get place(): GridPlace {
		return { top: this.#view.top, active: this.#cursor.active };
	}

	/** Goes to a place, once its rows are known of. */
	restore(place: GridPlace): void {
		this.#toRestore.set(place);
		this.requestUpdate();
	}

	#restore(): void {
		const place = this.#toRestore.take(this.source);
		if (place === undefined) return;
		this.#actions.moveTo(place.active, false);
		this.#view.scrollTo(place.top);
	}

	/** Scrolls to the current cell where it is out of view. */
	showActive(): void {
		this.renderRoot.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	override focus(): void {
		this.scroller.focus();
	}
}
