import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { t } from "../l10n";
import { baseStyles } from "../styles";

/** What the user wants done with the query. */
export type QueryAction = "run" | "cancel" | "explain" | "format" | "history" | "save" | "saved" | "elsewhere";
export type QueryActionEvent = CustomEvent<QueryAction>;

/** What a key stands for. */
export function actionOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): QueryAction | undefined {
	if (key === "Enter" && (ctrlKey || metaKey)) return shiftKey ? "explain" : "run";
	if (code === "KeyF" && shiftKey && altKey) return "format";
	return key === "Escape" ? "cancel" : undefined;
}

/** The buttons below the SQL field. */
@customElement("query-toolbar")
export class QueryToolbar extends LitElement {
	/** Whether there is something to cancel. */
	@property({ type: Boolean }) accessor busy = false;

	static override styles = [
		baseStyles,
		css`
			:host {
				display: contents;
			}
		`,
	];

	override render(): TemplateResult {
		return html`${this.#button("run", t("Run"), t("Run what is selected, or everything (Ctrl+Enter)"))}
			<vscode-button appearance="secondary" ?disabled=${!this.busy} @click=${() => this.#act("cancel")}
				>${t("Cancel")}</vscode-button
			>
			${this.#button("explain", t("Explain"), t("How SQLite would go about the statement at the cursor (Ctrl+Shift+Enter)"))}
			${this.#button("format", t("Format"), t("Lay the SQL out anew (Shift+Alt+F)"))}
			${this.#button("history", t("History…"), t("Queries that were run on this store"))}
			${this.#button("save", t("Save…"), t("Keep the query under a name"))}
			${this.#button("saved", t("Saved…"), t("Run a query that was saved"))}
			${this.#button("elsewhere", t("Other snapshot…"), t("Run the query on another snapshot of this store"))}`;
	}

	#button(action: QueryAction, label: string, title: string): TemplateResult {
		const appearance = action === "run" ? "primary" : "secondary";
		return html`<vscode-button appearance=${appearance} title=${title} @click=${() => this.#act(action)}
			>${label}</vscode-button
		>`;
	}

	#act(action: QueryAction): void {
		this.dispatchEvent(new CustomEvent<QueryAction>("query-action", { detail: action }));
	}
}
