import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { t } from "../l10n";
import { baseStyles } from "../styles";

/** What somebody wants to take out of the snapshot: rows, or all of it as a database. */
export type TakeOutEvent = CustomEvent<"rows" | "database">;

/** The ways out of a snapshot. What goes where is asked by the extension. */
@customElement("export-menu")
export class ExportMenu extends LitElement {
	/** Whether all of it can be had: what is not whole is not restored. */
	@property({ attribute: false }) accessor whole = true;

	static override styles = [
		baseStyles,
		css`
			:host {
				display: flex;
				flex: none;
				flex-wrap: wrap;
				gap: 6px 8px;
				padding: 6px 12px;
				border-bottom: var(--line);
			}
		`,
	];

	override render(): TemplateResult {
		return html`<vscode-button appearance="secondary" @click=${() => this.#take("rows")}>${t("Export rows…")}</vscode-button>
			${
				this.whole
					? html`<vscode-button appearance="secondary" @click=${() => this.#take("database")}>${t("Restore to file…")}</vscode-button>`
					: nothing
			}`;
	}

	#take(what: "rows" | "database"): void {
		this.dispatchEvent(new CustomEvent<"rows" | "database">("take-out", { detail: what }));
	}
}
