import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { drawText, textStyles } from "../drawText";
import { t } from "../l10n";
import { baseStyles } from "../styles";
import type { PlanStep } from "./queryPlan";

/** A step that is drawn: those above it are unfolded. */
interface DrawnStep {
	readonly step: PlanStep;
	readonly level: number;
	readonly parent: PlanStep | undefined;
}

/** The way in which SQLite would answer a query, as a tree under the keyboard. */
@customElement("plan-tree")
export class PlanTree extends LitElement {
	@property({ attribute: false }) accessor steps: readonly PlanStep[] = [];
	@state() private accessor folded: ReadonlySet<PlanStep> = new Set();
	@state() private accessor active: PlanStep | undefined;

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: block;
				flex: 1;
				min-height: 120px;
				overflow: auto;
			}
			[role="treeitem"] {
				padding: 2px 6px 2px calc(6px + (var(--level) - 1) * 18px);
				font-family: var(--vscode-editor-font-family, monospace);
				font-size: var(--vscode-editor-font-size, 13px);
				white-space: pre-wrap;
				cursor: default;
			}
			.fold {
				display: inline-block;
				width: 1.2em;
			}
			.scan {
				border-bottom: 2px solid var(--vscode-editorWarning-foreground);
				font-weight: bold;
			}
		`,
	];

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("steps")) return;
		this.folded = new Set();
		this.active = this.steps[0];
	}

	override render(): TemplateResult {
		if (this.steps.length === 0) return html`<p>${t("SQLite reads nothing for this statement.")}</p>`;
		return html`<div role="tree" aria-label=${t("Query plan")} @keydown=${this.#key}>
			${this.#drawn().map((drawn) => this.#item(drawn))}
		</div>`;
	}

	#item({ step, level }: DrawnStep): TemplateResult {
		const { detail, scans, steps } = step;
		const folds = steps.length > 0;
		const folded = this.folded.has(step);
		return html`<div
			role="treeitem"
			data-level=${level}
			aria-level=${level}
			aria-expanded=${folds ? !folded : nothing}
			aria-selected=${step === this.active}
			tabindex=${step === this.active ? 0 : -1}
			@click=${() => this.#go(step)}
			@dblclick=${() => this.#fold(step, !folded)}
		><span class="fold" aria-hidden="true">${folds ? (folded ? "▸" : "▾") : ""}</span>${
			scans
				? html`<span class="scan">SCAN</span>${drawText(detail.slice(4))}<span class="dim"> · ${t("reads row by row")}</span>`
				: drawText(detail)
		}</div>`;
	}

	protected override updated(): void {
		// The page's policy forbids styles in its text.
		for (const item of this.renderRoot.querySelectorAll<HTMLElement>("[role=treeitem]")) {
			item.style.setProperty("--level", item.dataset["level"] ?? "1");
		}
	}

	#drawn(): readonly DrawnStep[] {
		const under = (steps: readonly PlanStep[], level: number, parent: PlanStep | undefined): readonly DrawnStep[] =>
			steps.flatMap((step) => [
				{ step, level, parent },
				...(this.folded.has(step) ? [] : under(step.steps, level + 1, step)),
			]);
		return under(this.steps, 1, undefined);
	}

	#key(event: KeyboardEvent): void {
		const drawn = this.#drawn();
		const at = drawn.findIndex(({ step }) => step === this.active);
		const current = drawn[at];
		if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
		const { step, parent } = current;
		const open = step.steps.length > 0 && !this.folded.has(step);
		switch (event.key) {
			case "ArrowDown":
				this.#go(drawn[at + 1]?.step);
				break;
			case "ArrowUp":
				this.#go(drawn[at - 1]?.step);
				break;
			case "Home":
				this.#go(drawn[0]?.step);
				break;
			case "End":
				this.#go(drawn.at(-1)?.step);
				break;
			case "ArrowRight":
				if (open) this.#go(step.steps[0]);
				else this.#fold(step, false);
				break;
			case "ArrowLeft":
				if (open) this.#fold(step, true);
				else this.#go(parent);
				break;
			default:
				return;
		}
		event.preventDefault();
	}

	#go(step: PlanStep | undefined): void {
		if (step === undefined) return;
		this.active = step;
		void this.updateComplete.then(() =>
			this.renderRoot.querySelector<HTMLElement>("[role=treeitem][tabindex='0']")?.focus(),
		);
	}

	#fold(step: PlanStep, folded: boolean): void {
		if (step.steps.length === 0) return;
		const changed = new Set(this.folded);
		if (folded) changed.add(step);
		else changed.delete(step);
		this.folded = changed;
	}
}
