import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { baseStyles } from "../styles";

/** The user chose a view, by its name. */
export type ChooseViewEvent = CustomEvent<string>;

export interface View {
	/** Of the slot that the view is in. */
	readonly name: string;
	readonly label: string;
}

/** Views of which one is seen at a time, under tabs. Arrow keys go from tab to tab. */
@customElement("view-tabs")
export class ViewTabs extends LitElement {
	@property({ attribute: false }) accessor views: readonly View[] = [];
	@property({ attribute: false }) accessor active = "";
	/** What the tabs are for. */
	@property({ attribute: false }) accessor label = "";

	static override styles = [
		baseStyles,
		css`
			:host {
				display: flex;
				flex-direction: column;
				min-width: 0;
				min-height: 0;
			}
			[role="tablist"] {
				display: flex;
				flex: none;
				gap: 4px;
				padding: 0 8px;
				border-bottom: var(--line);
			}
			[role="tab"] {
				padding: 5px 8px;
				border: none;
				border-bottom: 1px solid transparent;
				background: none;
				color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-descriptionForeground));
				font: inherit;
				cursor: pointer;
			}
			[role="tab"][aria-selected="true"] {
				border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-foreground));
				color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
			}
			[role="tab"]:hover {
				color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
			}
			.panels {
				display: grid;
				flex: 1;
				grid-template: minmax(0, 1fr) / minmax(0, 1fr);
				min-height: 0;
			}
			[role="tabpanel"] {
				display: flex;
				grid-area: 1 / 1;
				min-width: 0;
				min-height: 0;
			}
			/* It keeps its size: what measures itself there, as the grid does, must not find that it has none. */
			[role="tabpanel"]:not(.active) {
				visibility: hidden;
			}
			::slotted(*) {
				flex: 1;
			}
		`,
	];

	override render(): TemplateResult {
		return html`<div role="tablist" aria-label=${this.label} @keydown=${this.#key}>
				${this.views.map(
					({ name, label }) => html`<button
						id="tab-${name}"
						role="tab"
						tabindex=${name === this.active ? 0 : -1}
						aria-selected=${name === this.active}
						aria-controls="panel-${name}"
						@click=${() => this.#choose(name)}
					>
						${label}
					</button>`,
				)}
			</div>
			<div class="panels">
				${this.views.map(
					({ name }) => html`<div
						id="panel-${name}"
						class=${name === this.active ? "active" : ""}
						role="tabpanel"
						aria-labelledby="tab-${name}"
					>
						<slot name=${name}></slot>
					</div>`,
				)}
			</div>`;
	}

	async #key(event: KeyboardEvent): Promise<void> {
		const last = this.views.length - 1;
		const at = this.views.findIndex(({ name }) => name === this.active);
		const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last };
		const to = steps[event.key];
		if (to === undefined) return;
		event.preventDefault();
		const view = this.views[(to + this.views.length) % this.views.length];
		if (view === undefined) return;
		this.#choose(view.name);
		this.renderRoot.querySelector<HTMLElement>(`#tab-${view.name}`)?.focus();
	}

	#choose(name: string): void {
		this.dispatchEvent(new CustomEvent<string>("choose-view", { detail: name }));
	}
}
