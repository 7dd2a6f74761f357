import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { visible } from "../../core/text";
import type { SchemaObject } from "../../protocol/engine";
import type { DatabaseFaults, DatabaseSpace } from "../../protocol/space";
import { drawName, drawText, textStyles } from "../drawText";
import { formatCount, formatShare, formatSize, t } from "../l10n";
import { baseStyles, dataTableStyles } from "../styles";
import { drawSpaceBar, spaceBarStyles } from "./spaceBar";
import type { SpaceState } from "./spaceMeasuring";
import { pagesOf, type SpaceRow, spaceRows } from "./spaceRows";

/** Rows that are drawn at first, and more of them with every wish for more. */
const ROWS_AT_ONCE = 200;
const MOST_FAULTS = 10;

/** What takes the space: a row with a bar for every table and index. Asks for measuring, and for opening what is chosen. */
@customElement("space-view")
export class SpaceView extends LitElement {
	@property({ attribute: false }) accessor space: SpaceState | undefined;
	@property({ attribute: false }) accessor objects: readonly SchemaObject[] = [];
	@state() private accessor shown = ROWS_AT_ONCE;

	static override styles = [
		baseStyles,
		textStyles,
		dataTableStyles,
		spaceBarStyles,
		css`
			:host {
				display: flex;
				flex-direction: column;
				gap: 8px;
				min-width: 0;
				min-height: 0;
				padding: 8px 12px;
				overflow: auto;
			}
			h2 {
				margin: 0;
				font-size: inherit;
				font-weight: 600;
			}
			p,
			ul {
				margin: 0;
			}
			progress {
				width: min(100%, 400px);
				accent-color: var(--vscode-progressBar-background);
			}
			.ask {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 8px;
			}
			.link {
				max-width: 16em;
			}
			.index th {
				padding-left: 24px;
			}
			@media (max-width: 1300px) {
				.detail {
					display: none;
				}
			}
			@media (max-width: 600px) {
				.link {
					max-width: 8em;
					overflow-wrap: anywhere;
					white-space: pre-wrap;
				}
				th,
				td {
					padding: 2px 4px;
				}
			}
		`,
	];

	override render(): TemplateResult {
		return html`<h2>${t("What takes the space")}</h2>
			${this.#content()}`;
	}

	#content(): TemplateResult | typeof nothing {
		const { space } = this;
		switch (space?.name) {
			case undefined:
				return nothing;
			case "unasked":
				return html`<div class="ask">
					<span>${t("Measuring reads all pages of the database once, {0}. Rows are counted by the way.", formatSize(space.sizeBytes))}</span>
					<vscode-button @click=${() => this.#tell("measure-space")}>${t("Measure")}</vscode-button>
				</div>`;
			case "measuring":
				return this.#progress(space.pages, space.pageCount);
			case "failed":
				return html`<p>${t("The database cannot be measured: {0}", visible(space.message))}</p>`;
			case "measured":
				return this.#measured(space.space, space.faults);
			default:
				return space satisfies never;
		}
	}

	#progress(pages: number, pageCount: number): TemplateResult {
		const text = t("{0} of {1} pages", formatCount(pages), formatCount(pageCount));
		return html`<div class="ask">
			<progress aria-label=${t("Measuring")} .value=${pages / Math.max(1, pageCount)}></progress>
			<span>${pageCount === 0 ? t("Opening the database…") : text}</span>
			<vscode-button appearance="secondary" @click=${() => this.#tell("stop-measuring")}>${t("Stop measuring")}</vscode-button>
		</div>`;
	}

	#measured(space: DatabaseSpace, faults: DatabaseFaults): TemplateResult {
		const rows = spaceRows(space);
		const total = space.pageSize * space.pageCount;
		const largest = rows.reduce((most, { bytes }) => Math.max(most, bytes), 1);
		const left = rows.length - this.shown;
		return html`<p>
				${t("{0} in {1} pages of {2}", formatSize(total), formatCount(space.pageCount), formatSize(space.pageSize))}
			</p>
			${faults.count === 0 ? nothing : drawFaults(faults)}
			<div class="scroll" role="region" aria-label=${t("Space by table and index")} tabindex="0">
				<table>
					<thead>
						<tr>
							<th scope="col">${t("Name")}</th>
							<th scope="col" class="bar-column">${t("Picture")}</th>
							<th scope="col" class="number">${t("Size")}</th>
							<th scope="col" class="number">${t("Share")}</th>
							<th scope="col" class="number">${t("Rows")}</th>
							<th scope="col" class="number detail">${t("Pages")}</th>
							<th scope="col" class="number detail">${t("Leaf")}</th>
							<th scope="col" class="number detail">${t("Interior")}</th>
							<th scope="col" class="number detail">${t("Overflow")}</th>
							<th scope="col" class="number">${t("Stored")}</th>
							<th scope="col" class="number">${t("Unused")}</th>
						</tr>
					</thead>
					<tbody>
						${rows.slice(0, this.shown).map((row) => this.#row(row, total, largest))}
					</tbody>
				</table>
			</div>
			${
				left > 0
					? html`<div class="ask">
							<vscode-button appearance="secondary" @click=${this.#showMore}>${t("Show more")}</vscode-button>
							<span>${t("{0} smaller ones are not drawn.", formatCount(left))}</span>
						</div>`
					: nothing
			}`;
	}

	#row(row: SpaceRow, total: number, largest: number): TemplateResult {
		const detail = "space" in row ? row.space : undefined;
		const number = (value: number | undefined, kind = "") =>
			html`<td class="number ${kind}">${value === undefined ? "" : formatCount(value)}</td>`;
		return html`<tr class=${row.kind}>
			<th scope="row">${this.#name(row)}</th>
			<td class="bar-column">${drawSpaceBar(row, largest)}</td>
			<td class="number">${formatSize(row.bytes)}</td>
			<td class="number">${formatShare(row.bytes / Math.max(1, total))}</td>
			${number(detail?.damaged ? undefined : detail?.entries)} ${number("space" in row ? pagesOf(row.space) : row.pages, "detail")}
			${number(detail?.leafPages, "detail")} ${number(detail?.interiorPages, "detail")} ${number(detail?.overflowPages, "detail")}
			<td class="number">${detail ? formatSize(detail.payloadBytes) : ""}</td>
			<td class="number">${detail ? formatSize(detail.freeBytes) : ""}</td>
		</tr>`;
	}

	#name(row: SpaceRow): TemplateResult {
		if (!("space" in row)) return html`${otherUse(row.kind)}`;
		const { name, kind } = row;
		const object = this.objects.find((each) => each.kind === kind && each.name === name);
		const remark = row.space.damaged ? html` <span class="damaged">${t("damaged")}</span>` : nothing;
		if (object === undefined) return html`${drawName(name)}${remark}`;
		return html`<button class="link" @click=${() => this.#choose(object)}>${drawName(name)}</button>${remark}`;
	}

	#choose(object: SchemaObject): void {
		this.dispatchEvent(new CustomEvent<SchemaObject>("choose-object", { detail: object }));
	}

	#tell(event: "measure-space" | "stop-measuring"): void {
		this.dispatchEvent(new CustomEvent(event));
	}

	#showMore(): void {
		this.shown += ROWS_AT_ONCE;
	}
}

function drawFaults({ faults, count }: DatabaseFaults): TemplateResult {
	const shown = faults.slice(0, MOST_FAULTS);
	return html`<div>
		<p>${t("The database is damaged: of tables and indexes that are marked, the numbers are of what could be read.")}</p>
		<ul>
			${shown.map(({ page, object, message }) => {
				const where =
					object === undefined ? t("page {0}", page) : t("page {0} of {1} {2}", page, object.type, object.name);
				return html`<li>${drawText(`${where} ${message}`)}</li>`;
			})}
			${count > shown.length ? html`<li>${t("and {0} more: verify the store", formatCount(count - shown.length))}</li>` : nothing}
		</ul>
	</div>`;
}

function otherUse(kind: Exclude<SpaceRow["kind"], "table" | "index">): string {
	switch (kind) {
		case "free":
			return t("Free pages");
		case "pointer-map":
			return t("Pointer map");
		case "lock-byte":
			return t("Lock-byte page");
		case "lost":
			return t("Pages that nothing leads to");
		default:
			return kind satisfies never;
	}
}
