import { css, html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { verdictText } from "../../core/format/verdictText";
import { visible } from "../../core/text";
import type { Report, ReportGeneration, ReportSnapshot } from "../../protocol/report";
import { drawText, textStyles } from "../drawText";
import { formatCount, formatSize, t } from "../l10n";
import { baseStyles } from "../styles";
import { type Bar, chainBars, largestBar } from "./chainBars";

/** A snapshot was chosen that is sound. */
export type ChooseSnapshotEvent = CustomEvent<string>;
/** A bar with damage was chosen: the position of its finding. */
export type ChooseFindingEvent = CustomEvent<number>;

/** Drawn at first; the rest when asked for. */
const MOST_ROWS = 50;
const MOST_BARS = 500;

const BAR_HEIGHT = 26;
const MARK_HEIGHT = 8;

/** The store as a picture: a row for each generation, newest first, in it a bar for each snapshot, oldest first. */
@customElement("chain-picture")
export class ChainPicture extends LitElement {
	@property({ attribute: false }) accessor report!: Report;
	@state() private accessor everything = false;
	/** Row and position of the bar that Tab leads to. */
	@state() private accessor active: readonly [number, number] = [0, 0];

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: block;
			}
			.row {
				margin: 0 0 10px;
			}
			h3 {
				margin: 0 0 2px;
				font-size: inherit;
				font-weight: 600;
				overflow-wrap: anywhere;
			}
			.bars {
				overflow-x: auto;
			}
			svg {
				display: block;
			}
			.bar {
				cursor: pointer;
				outline: none;
			}
			.bar .body {
				stroke-width: 1.5;
			}
			.foundation {
				cursor: default;
			}
			.exact .body {
				fill: var(--vscode-charts-green, #388a34);
				stroke: var(--vscode-contrastBorder, var(--vscode-charts-green, #388a34));
			}
			.partial .body {
				fill: url(#hatch);
				stroke: var(--vscode-charts-orange, #d18616);
			}
			.none .body {
				fill: none;
				stroke: var(--vscode-charts-red, #e51400);
			}
			.none .cross {
				stroke: var(--vscode-charts-red, #e51400);
			}
			.foundation .body {
				fill: none;
				stroke: var(--vscode-foreground);
				stroke-dasharray: 3 2;
			}
			.hatching {
				stroke: var(--vscode-charts-orange, #d18616);
				stroke-width: 3;
			}
			.mark {
				fill: var(--vscode-editorError-foreground, #e51400);
			}
			.mark.warning {
				fill: var(--vscode-editorWarning-foreground, #bf8803);
			}
			.bar .ring {
				fill: none;
				stroke: none;
			}
			.bar:focus-visible .ring {
				stroke: var(--vscode-focusBorder);
				stroke-width: 2;
			}
			.bar:hover .body {
				stroke-width: 3;
			}
			ul {
				display: flex;
				flex-wrap: wrap;
				gap: 4px 16px;
				margin: 4px 0 0;
				padding: 0;
				list-style: none;
			}
			li {
				display: flex;
				align-items: center;
				gap: 6px;
			}
		`,
	];

	override render(): TemplateResult {
		const { generations, findings } = this.report;
		const rows = [...generations].reverse();
		const shown = this.everything ? rows : rows.slice(0, MOST_ROWS);
		const largest = largestBar(generations);
		return html`<div @keydown=${this.#move}>
			${shown.map((generation, row) => this.#row(generation, row, chainBars(generation, findings, largest)))}
		</div>
		${
			shown.length < rows.length
				? html`<vscode-button appearance="secondary" @click=${this.#showAll}>${t("Show all {0} generations", formatCount(rows.length))}</vscode-button>`
				: nothing
		}
		${legend()}`;
	}

	#row({ name, current, snapshots }: ReportGeneration, row: number, all: readonly Bar[]): TemplateResult {
		const bars = this.everything ? all : all.slice(-MOST_BARS);
		const [first] = bars;
		const last = bars.at(-1);
		const start = first?.x ?? 0;
		const width = (last === undefined ? 0 : last.x + last.width) - start;
		const count = snapshots.length === 1 ? t("1 snapshot") : t("{0} snapshots", formatCount(snapshots.length));
		const heading = [...(current ? [t("current")] : []), count].join(" · ");
		return html`<div class="row">
			<h3>${drawText(name)} <span class="dim">· ${heading}</span></h3>
			<div class="bars">
				<svg
					width=${width + 8}
					height=${BAR_HEIGHT + MARK_HEIGHT + 8}
					role="group"
					aria-label=${t("Generation {0}: {1}", visible(name), heading)}
				>
					${hatch()}
					${bars.map((bar, position) => this.#bar(bar, bar.x - start + 4, row, position))}
				</svg>
			</div>
			${
				bars.length < all.length
					? html`<span class="dim">${t("The newest {0} of {1} are drawn.", formatCount(bars.length), formatCount(all.length))}</span>`
					: nothing
			}
		</div>`;
	}

	#bar(bar: Bar, x: number, row: number, position: number): SVGTemplateResult {
		const { snapshot, width, marks } = bar;
		const [activeRow, activePosition] = this.active;
		const { findings } = this.report;
		const top = MARK_HEIGHT + 4;
		const label = snapshot === undefined ? foundationLabel(bar) : barLabel(snapshot, bar);
		return svg`<g
			class="bar ${snapshot?.verdict ?? "foundation"}"
			transform="translate(${x} 0)"
			role="button"
			tabindex=${row === activeRow && position === activePosition ? 0 : -1}
			data-row=${row}
			data-position=${position}
			aria-label=${label}
			@click=${() => this.#choose(bar)}
			@focus=${() => {
				this.active = [row, position];
			}}
		>
			<title>${label}</title>
			<rect class="ring" x="-3" y=${top - 3} width=${width + 6} height=${BAR_HEIGHT + 6} rx="2"></rect>
			<rect class="body" x="0" y=${top} width=${width} height=${BAR_HEIGHT}></rect>
			${
				snapshot?.verdict === "none"
					? svg`<path class="cross" d="M0 ${top} L${width} ${top + BAR_HEIGHT} M${width} ${top} L0 ${top + BAR_HEIGHT}"></path>`
					: nothing
			}
			${marks.map(
				({ x: at, finding }) =>
					svg`<path class="mark ${findings[finding]?.severity ?? ""}" d="M${at - 5} 0 h10 l-5 ${MARK_HEIGHT + 2} z"></path>`,
			)}
		</g>`;
	}

	#choose({ snapshot, marks }: Bar): void {
		const finding = snapshot?.cause ?? marks[0]?.finding;
		if (finding !== undefined) {
			this.dispatchEvent(new CustomEvent<number>("choose-finding", { detail: finding }));
		} else if (snapshot !== undefined) {
			this.dispatchEvent(new CustomEvent<string>("choose-snapshot", { detail: snapshot.id }));
		}
	}

	/** Arrows lead from bar to bar, as in a grid; Enter and the space bar choose. */
	#move(event: KeyboardEvent): void {
		const bar = event.target instanceof Element ? event.target.closest<SVGGElement>(".bar") : null;
		if (bar === null) return;
		const [row, position] = [Number(bar.dataset["row"]), Number(bar.dataset["position"])];
		const bars = (of: number): readonly SVGGElement[] => [
			...this.renderRoot.querySelectorAll<SVGGElement>(`.bar[data-row="${of}"]`),
		];
		const go = (to: SVGGElement | undefined): void => to?.focus();
		switch (event.key) {
			case "ArrowLeft":
				go(bars(row)[position - 1]);
				break;
			case "ArrowRight":
				go(bars(row)[position + 1]);
				break;
			case "ArrowUp":
				go(bars(row - 1)[position] ?? bars(row - 1).at(-1));
				break;
			case "ArrowDown":
				go(bars(row + 1)[position] ?? bars(row + 1).at(-1));
				break;
			case "Home":
				go(bars(row)[0]);
				break;
			case "End":
				go(bars(row).at(-1));
				break;
			case "Enter":
			case " ":
				bar.dispatchEvent(new MouseEvent("click", { bubbles: true }));
				break;
			default:
				return;
		}
		event.preventDefault();
	}

	#showAll(): void {
		this.everything = true;
	}
}

function barLabel(snapshot: ReportSnapshot, { sizeBytes, marks }: Bar): string {
	const kind = snapshot.kind === "full" ? t("full") : t("incremental");
	const does = snapshot.cause === undefined && marks.length === 0 ? t("open it") : t("go to the finding");
	return t(
		"Snapshot {0}, {1}, {2}, {3}: {4}",
		visible(snapshot.id),
		kind,
		formatSize(sizeBytes),
		visible(verdictText(snapshot, t)),
		does,
	);
}

function foundationLabel({ sizeBytes }: Bar): string {
	return t("Base of snapshots that were reaped, {0}", formatSize(sizeBytes));
}

function hatch(): SVGTemplateResult {
	return svg`<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
		<line class="hatching" x1="2" y1="0" x2="2" y2="8"></line>
	</pattern></defs>`;
}

function legend(): TemplateResult {
	const entry = (verdict: string, text: string): TemplateResult => html`<li>
		<svg width="22" height="16" aria-hidden="true">
			${hatch()}
			<g class=${verdict}>
				<rect class="body" x="1" y="1" width="20" height="14"></rect>
				${verdict === "none" ? svg`<path class="cross" d="M1 1 L21 15 M21 1 L1 15"></path>` : nothing}
			</g>
		</svg>
		${text}
	</li>`;
	return html`<ul aria-label=${t("What the picture shows")}>
		${entry("exact", t("restorable"))} ${entry("partial", t("restorable in part"))} ${entry("none", t("not restorable"))}
		<li>
			<svg width="12" height="12" aria-hidden="true"><path class="mark" d="M1 1 h10 l-5 10 z"></path></svg>
			${t("a finding, where it is")}
		</li>
	</ul>`;
}
