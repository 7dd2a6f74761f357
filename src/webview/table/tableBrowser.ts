import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { BrowseSpec, ColumnFilter, FilterTest, SortColumn } from "../../protocol/browse";
import type { ForeignKey } from "../../protocol/structure";
import { CellValue } from "../cell/cellValue";
import { drawName, drawText, textStyles } from "../drawText";
import type { EngineSession } from "../engine/engineSession";
import type { MoreItems } from "../grid/gridMenu";
import { t } from "../l10n";
import type { ResultView } from "../sql/resultView";
import { selectBrowsed } from "../sql/sqlText";
import { answerStyles, baseStyles } from "../styles";
import { browseItems } from "./browseItems";
import { BrowseSession } from "./browseSession";
import { columnMarks } from "./columnMarks";
import { type AddFilterEvent, FilterDialog } from "./filterDialog";
import { filterText, sortText } from "./filterText";
import { keyOf } from "./followKey";
import { tableBrowserStyles } from "./tableBrowserStyles";
import "../sql/resultView";

/** The user wants the query that what is shown stands for. */
export type ShowSqlEvent = CustomEvent<string>;
/** The rows of another table are shown: its name. */
export type ShowTableEvent = CustomEvent<string>;

/** The rows of a table or view, any of them at once: filtered, in order, and from a row to those that it refers to. */
@customElement("table-browser")
export class TableBrowser extends LitElement {
	@property({ attribute: false }) accessor engine: EngineSession | undefined;
	@state() private accessor browse: BrowseSession | undefined;
	@query("result-view") private accessor view!: ResultView | null;
	@query("filter-dialog") private accessor filterDialog!: FilterDialog;

	static override styles = [baseStyles, textStyles, answerStyles, tableBrowserStyles];

	constructor() {
		super();
		this.addEventListener("keydown", this.#key, { capture: true });
	}

	/** Shows a table or view, from its first row. */
	show(table: string): void {
		if (this.engine === undefined) return;
		this.browse ??= new BrowseSession(this.engine, () => this.requestUpdate());
		this.browse.visit({ table, filters: [], order: [] }, this.view?.place);
	}

	get isBusy(): boolean {
		return this.browse?.isBusy ?? false;
	}

	stop(): void {
		this.browse?.stop();
	}

	/** Frees the engine, and forgets where it has been. */
	close(): void {
		this.browse?.release();
		this.browse = undefined;
	}

	override disconnectedCallback(): void {
		this.close();
		super.disconnectedCallback();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("engine") && changed.get("engine") !== undefined) this.close();
	}

	override render(): TemplateResult | typeof nothing {
		const { browse } = this;
		if (browse?.spec === undefined) return nothing;
		const { spec } = browse;
		return html`<div class="bar">
				<button class="plain" aria-label=${t("Back")} title=${t("Back (Alt+Up)")} ?disabled=${!browse.canGoBack} @click=${() => this.#go(-1)}>←</button>
				<button class="plain" aria-label=${t("Forward")} title=${t("Forward (Alt+Down)")} ?disabled=${!browse.canGoForward} @click=${() => this.#go(1)}>→</button>
				<h2>${drawName(spec.table)}</h2>
				<span role="status">${browse.status}</span>
				${browse.isBusy ? html`<vscode-button appearance="secondary" @click=${this.stop}>${t("Stop")}</vscode-button>` : nothing}
				${this.#columnTools()}
				<vscode-button appearance="secondary" @click=${this.#showSql}>${t("Show as SQL")}</vscode-button>
			</div>
			${this.#chips()}
			<div role="alert">${browse.error === "" ? nothing : drawText(browse.error)}</div>
			<result-view
				.source=${browse.source}
				.marks=${columnMarks(spec)}
				.moreItems=${this.#menuItems}
				@cell-change=${() => this.requestUpdate()}
			></result-view>
			<filter-dialog @add-filter=${({ detail }: AddFilterEvent) => this.#addFilter(detail)}></filter-dialog>`;
	}

	/** What can be done with the column of the current cell. */
	#columnTools(): TemplateResult {
		const column = this.#column;
		const sorted = this.#sortOf(column);
		const key = this.#foreignKey;
		const sort = (descending: boolean) => html`<button
			class="plain"
			aria-pressed=${sorted?.descending === descending}
			aria-label=${sortText({ column, descending })}
			title=${sortText({ column, descending })}
			?disabled=${column === ""}
			@click=${() => this.#sort(column, sorted?.descending === descending ? [] : [{ column, descending }])}
			>${descending ? "↓" : "↑"}</button
		>`;
		return html`${sort(false)}${sort(true)}
			<vscode-button appearance="secondary" ?disabled=${column === ""} @click=${this.#askFilter}>${t("Filter…")}</vscode-button>
			${
				key === undefined
					? nothing
					: html`<vscode-button appearance="secondary" title=${t("Follow (Ctrl+Enter)")} @click=${this.#follow}
							>${t("Follow to {0}", key.parent)}</vscode-button
						>`
			}`;
	}

	#chips(): TemplateResult | typeof nothing {
		const { filters, order } = this.browse?.spec ?? { filters: [], order: [] };
		if (filters.length + order.length === 0) return nothing;
		return html`<ul aria-label=${t("Filters and order")}>
			${filters.map((filter, n) => this.#chip(filterText(filter), () => void this.#change({ filters: filters.toSpliced(n, 1) })))}
			${order.map((sort, n) => this.#chip(sortText(sort), () => void this.#change({ order: order.toSpliced(n, 1) })))}
		</ul>`;
	}

	/** Looks at the table in another way, in the column of now. */
	async #change(change: Partial<Pick<BrowseSpec, "filters" | "order">>): Promise<void> {
		const column = this.view?.place?.active.column ?? 0;
		this.browse?.change(change);
		await this.updateComplete;
		await this.view?.restore({ top: 0, active: { row: 0, column } });
	}

	#chip(meaning: string, remove: () => void): TemplateResult {
		return html`<li>
			<span class="meaning">${drawText(meaning)}</span>
			<button class="plain" aria-label=${t("Remove: {0}", meaning)} @click=${remove}>×</button>
		</li>`;
	}

	/** Of the current cell; the first where there is none. */
	get #column(): string {
		return this.view?.current?.column ?? this.browse?.source?.columns[0] ?? "";
	}

	/** That the current cell is part of, where it refers to something. */
	get #foreignKey(): ForeignKey | undefined {
		const { current } = this.view ?? {};
		if (current === undefined || current.value === null) return undefined;
		return keyOf(this.browse?.keys ?? [], current.column);
	}

	readonly #menuItems: MoreItems = (on) => {
		const column = this.#column;
		if (column === "") return [];
		const menu = {
			isSorted: this.#sortOf(column) !== undefined,
			value: this.view?.current?.value,
			key: this.#foreignKey,
			sort: (direction: "ascending" | "descending" | "none") =>
				this.#sort(column, direction === "none" ? [] : [{ column, descending: direction === "descending" }]),
			filter: (test?: FilterTest) => (test === undefined ? this.#askFilter() : this.#addFilter({ column, ...test })),
			follow: () => void this.#follow(),
		};
		return browseItems(menu, on);
	};

	#sortOf(column: string): SortColumn | undefined {
		return this.browse?.spec?.order.find((sort) => sort.column === column);
	}

	/** Sorts in this way before all others, instead of how the rows are sorted by the column now. */
	#sort(column: string, first: readonly SortColumn[]): void {
		const { order = [] } = this.browse?.spec ?? {};
		void this.#change({ order: [...first, ...order.filter((sort) => sort.column !== column)] });
	}

	#addFilter(filter: ColumnFilter): void {
		void this.#change({ filters: [...(this.browse?.spec?.filters ?? []), filter] });
	}

	#askFilter(): void {
		void this.filterDialog.open(this.browse?.source?.columns ?? [], this.#column);
	}

	async #follow(): Promise<void> {
		const key = this.#foreignKey;
		const row = this.view?.current?.row;
		if (key === undefined || row === undefined) return;
		await this.browse?.follow(key, row, this.view?.place);
		this.#tellTable();
		await this.updateComplete;
		this.view?.focus();
	}

	async #go(by: -1 | 1): Promise<void> {
		const view = this.browse?.go(by, this.view?.place);
		this.#tellTable();
		await this.updateComplete;
		if (view !== undefined) await this.view?.restore(view);
		this.view?.focus();
	}

	#tellTable(): void {
		const table = this.browse?.spec?.table;
		if (table !== undefined)
			this.dispatchEvent(new CustomEvent<string>("show-table", { detail: table, bubbles: true, composed: true }));
	}

	#showSql(): void {
		const spec = this.browse?.spec;
		if (spec !== undefined) this.dispatchEvent(new CustomEvent<string>("show-sql", { detail: selectBrowsed(spec) }));
	}

	/** Wherever in the browser the focus is. */
	#key(event: KeyboardEvent): void {
		// They have uses of their own for these keys.
		if (event.composedPath().some((part) => part instanceof FilterDialog || part instanceof CellValue)) return;
		const ctrl = event.ctrlKey || event.metaKey;
		const isAlone = event.altKey && !ctrl && !event.shiftKey;
		if (isAlone && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
			void this.#go(event.key === "ArrowUp" ? -1 : 1);
		} else if (ctrl && !event.altKey && !event.shiftKey && event.key === "Enter" && this.#foreignKey !== undefined) {
			void this.#follow();
		} else return;
		event.preventDefault();
		event.stopPropagation();
	}
}
