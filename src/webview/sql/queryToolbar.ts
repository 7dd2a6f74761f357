import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { t } from "../l10n";
import type { PopMenu } from "../popMenu";
import { baseStyles } from "../styles";
import "../popMenu";

/** What the user wants done with the query. */
export type QueryAction = "run" | "cancel" | "explain" | "format" | "history" | "save" | "saved" | "elsewhere";
export type QueryActionEvent = CustomEvent<QueryAction>;

/** What a key stands for. */
export function actionOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): QueryAction | undefined {
	if (key === "Enter" && (ctrlKey || metaKey)) return shiftKey ? "explain" : "run";
	if (code === "KeyF" && shiftKey && altKey) return "format";
	return key === "Escape" ? "cancel" : undefined;
}

/** The buttons below the SQL field; where there is little room, a menu in place of those that are used least. */
@customElement("query-toolbar")
export class QueryToolbar extends LitElement {
	/** Whether there is something to cancel. */
	@property({ type: Boolean }) accessor busy = false;
	@query("pop-menu") private accessor menu!: PopMenu;

	static override styles = [
		baseStyles,
		css`
			:host {
				display: contents;
			}
			.more {
				display: none;
			}
			@media (max-width: 600px) {
				.rare {
					display: none;
				}
				.more {
					display: inline-flex;
				}
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
			${rareActions().map(({ action, label, title }) => this.#button(action, label, title, "rare"))}
			<vscode-button class="more" appearance="secondary" aria-haspopup="menu" @click=${this.#openMenu}
				>${t("More…")}</vscode-button
			>
			<pop-menu label=${t("Queries")}></pop-menu>`;
	}

	#button(action: QueryAction, label: string, title: string, className = ""): TemplateResult {
		const appearance = action === "run" ? "primary" : "secondary";
		return html`<vscode-button class=${className} appearance=${appearance} title=${title} @click=${() => this.#act(action)}
			>${label}</vscode-button
		>`;
	}

	#openMenu({ currentTarget }: Event): void {
		const button = currentTarget as HTMLElement;
		const { left: x, bottom: y } = button.getBoundingClientRect();
		const items = rareActions().map(({ action, label }) => ({ label, run: () => this.#act(action) }));
		void this.menu.open(items, { x, y }, () => button.focus());
	}

	#act(action: QueryAction): void {
		this.dispatchEvent(new CustomEvent<QueryAction>("query-action", { detail: action }));
	}
}

function rareActions(): readonly { readonly action: QueryAction; readonly label: string; readonly title: string }[] {
	return [
		{ action: "history", label: t("History…"), title: t("Queries that were run on this store") },
		{ action: "save", label: t("Save…"), title: t("Keep the query under a name") },
		{ action: "saved", label: t("Saved…"), title: t("Run a query that was saved") },
		{ action: "elsewhere", label: t("Other snapshot…"), title: t("Run the query on another snapshot of this store") },
	];
}
