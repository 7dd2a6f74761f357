import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { drawText, textStyles } from "../drawText";
import { t } from "../l10n";
import { baseStyles } from "../styles";
import type { QueryRun } from "./queryRun";

/** The user wants to see another result, by its position. */
export type ChooseResultEvent = CustomEvent<number>;

const MAX_LABEL_CHARACTERS = 28;
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** What came of statements, under a tab for each where there are several. The arrow keys move between them. */
@customElement("result-tabs")
export class ResultTabs extends LitElement {
	@property({ attribute: false }) accessor runs: readonly QueryRun[] = [];
	@property({ attribute: false }) accessor shown = 0;
	/** Whether the focus goes along to the tab that is shown next. */
	#focusing = false;

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: flex;
				flex-direction: column;
				gap: 6px;
			}
			.panel {
				display: flex;
				flex: 1;
				flex-direction: column;
				gap: 6px;
				min-width: 0;
				min-height: 0;
			}
			[role="tablist"] {
				display: flex;
				flex: none;
				overflow-x: auto;
				border-bottom: var(--line);
			}
			[role="tab"] {
				flex: none;
				padding: 4px 10px;
				border: none;
				border-bottom: 2px solid transparent;
				background: none;
				color: var(--vscode-descriptionForeground);
				font: inherit;
				cursor: pointer;
				white-space: pre;
			}
			[aria-selected="true"] {
				border-bottom-color: var(--vscode-focusBorder);
				color: var(--vscode-foreground);
			}
			.failed {
				color: var(--vscode-editorError-foreground);
			}
		`,
	];

	override render(): TemplateResult {
		if (this.runs.length < 2) return html`<div class="panel"><slot></slot></div>`;
		return html`<div role="tablist" aria-label=${t("Results of the statements")} @keydown=${this.#key}>
				${this.runs.map((run, n) => this.#tab(run, n))}
			</div>
			<div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${this.shown}"><slot></slot></div>`;
	}

	#tab(run: QueryRun, n: number): TemplateResult {
		return html`<button
					id="tab-${n}"
					role="tab"
					aria-controls="panel"
					aria-selected=${n === this.shown}
					tabindex=${n === this.shown ? 0 : -1}
					class=${run.state === "failed" ? "failed" : ""}
					@click=${() => this.#choose(n)}
				>${n + 1} ${drawText(label(run.sql))}</button>`;
	}

	protected override updated(): void {
		const tab = this.renderRoot.querySelector<HTMLElement>("[aria-selected=true]");
		if (this.#focusing) tab?.focus();
		this.#focusing = false;
		tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}

	#key(event: KeyboardEvent): void {
		const step = STEPS[event.key];
		if (step === undefined) return;
		event.preventDefault();
		this.#focusing = true;
		this.#choose(Math.min(Math.max(0, this.shown + step), this.runs.length - 1));
	}

	#choose(position: number): void {
		this.dispatchEvent(new CustomEvent<number>("choose-result", { detail: position }));
	}
}

/** The beginning of a statement, on one line. */
function label(sql: string): string {
	const line = sql.slice(0, 200).replaceAll(/\s+/g, " ");
	return line.length > MAX_LABEL_CHARACTERS ? `${line.slice(0, MAX_LABEL_CHARACTERS)}…` : line;
}
