import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { drawText, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { baseStyles } from "../styles";
import { CHILDREN, childrenOf, isFolder, type JsonRow, jsonRows, parentRow } from "./jsonRows";
import type { JsonNode } from "./parseJson";
import { valueStyles } from "./valueStyles";

/** Characters of a name or a text in the tree that are drawn. */
const MAX_CHARACTERS = 1000;

/** JSON as a tree under the keyboard; numbers as they are written, members in their order. */
@customElement("json-tree")
export class JsonTree extends LitElement {
	@property({ attribute: false }) accessor root: JsonNode | undefined;
	/** What `root` was read from. */
	@property({ attribute: false }) accessor text = "";
	@state() private accessor active = 0;

	/** Unfolded lists and objects, and how many of their children are drawn. */
	readonly #open = new Map<JsonNode, number>();
	#rows: readonly JsonRow[] = [];

	static override styles = [
		baseStyles,
		textStyles,
		valueStyles,
		css`
			[role="tree"] {
				white-space: normal;
			}
			[role="treeitem"] {
				white-space: pre-wrap;
				padding-left: calc(var(--indent) * 2ch + 2ch);
				text-indent: -2ch;
				cursor: default;
			}
			[role="treeitem"]::before {
				display: inline-block;
				width: 2ch;
				text-indent: 0;
				content: "";
			}
			[aria-expanded="false"]::before {
				content: "▸";
			}
			[aria-expanded="true"]::before {
				content: "▾";
			}
			[role="tree"]:focus .active {
				background: var(--vscode-list-activeSelectionBackground);
				color: var(--vscode-list-activeSelectionForeground);
				outline: 1px solid var(--vscode-focusBorder);
				outline-offset: -1px;
			}
			[role="tree"]:focus .active :is(.dim, .mark) {
				color: inherit;
			}
			.key {
				font-weight: 600;
			}
		`,
	];

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("root")) {
			this.active = 0;
			this.#open.clear();
			if (this.root !== undefined) this.#open.set(this.root, CHILDREN);
		}
		this.#rows = this.root === undefined ? [] : jsonRows(this.root, this.#open);
	}

	override render(): TemplateResult {
		return html`<div
			class="content"
			role="tree"
			tabindex="0"
			aria-label=${t("JSON")}
			aria-activedescendant="row-${this.active}"
			@keydown=${this.#key}
		>
			${this.#rows.map((row, at) => this.#row(row, at))}
		</div>`;
	}

	#row(row: JsonRow, at: number): TemplateResult {
		return html`<div
			role="treeitem"
			id="row-${at}"
			class=${at === this.active ? "active" : ""}
			data-level=${row.level}
			aria-level=${row.level}
			aria-posinset=${row.position}
			aria-setsize=${row.siblings}
			aria-selected=${at === this.active}
			aria-expanded=${ifDefined(row.open === undefined ? undefined : String(row.open))}
			@click=${() => this.#click(at)}
			>${row.more > 0 ? html`<span class="dim">${t("Show more: {0} are left", formatCount(row.more))}</span>` : this.#line(row)}</div
		>`;
	}

	#line({ key, node }: JsonRow): TemplateResult {
		return html`${key === undefined ? nothing : html`<span class="key">${drawText(clip(String(key)))}</span>: `}${this.#value(node)}`;
	}

	#value(node: JsonNode): TemplateResult {
		const count = childrenOf(node).length;
		if (node.type === "object") {
			return html`{} <span class="dim">${count === 1 ? t("1 member") : t("{0} members", formatCount(count))}</span>`;
		}
		if (node.type === "array") {
			return html`[] <span class="dim">${count === 1 ? t("1 item") : t("{0} items", formatCount(count))}</span>`;
		}
		if (node.type === "string") return html`"${drawText(clip(String(node.value)))}"`;
		return html`${clip(this.#textOf(node))}`;
	}

	protected override updated(): void {
		for (const item of this.renderRoot.querySelectorAll<HTMLElement>("[role=treeitem]")) {
			item.style.setProperty("--indent", String(Number(item.dataset["level"]) - 1));
		}
		this.renderRoot.querySelector(".active")?.scrollIntoView({ block: "nearest" });
	}

	#key(event: KeyboardEvent): void {
		const ctrl = event.ctrlKey || event.metaKey;
		if (ctrl && event.key.toLowerCase() === "c") this.#copy();
		else if (ctrl || event.altKey || !this.#act(event.key)) return;
		event.preventDefault();
		event.stopPropagation();
	}

	/** Answers whether the key means something here. */
	#act(key: string): boolean {
		const row = this.#rows[this.active];
		if (row === undefined) return false;
		switch (key) {
			case "ArrowDown":
				this.active = Math.min(this.#rows.length - 1, this.active + 1);
				return true;
			case "ArrowUp":
				this.active = Math.max(0, this.active - 1);
				return true;
			case "Home":
				this.active = 0;
				return true;
			case "End":
				this.active = this.#rows.length - 1;
				return true;
			case "ArrowRight":
				if (row.open === false) this.#toggle(row);
				else if (row.open) this.active += 1;
				return true;
			case "ArrowLeft":
				if (row.open) this.#toggle(row);
				else this.active = parentRow(this.#rows, this.active);
				return true;
			case "Enter":
			case " ":
				this.#toggle(row);
				return true;
			default:
				return false;
		}
	}

	#click(at: number): void {
		this.active = at;
		const row = this.#rows[at];
		// What somebody selects with the mouse is not folded away.
		if (row !== undefined && window.getSelection()?.isCollapsed !== false) this.#toggle(row);
	}

	#toggle({ node, more }: JsonRow): void {
		if (more > 0) this.#open.set(node, (this.#open.get(node) ?? 0) + CHILDREN);
		else if (this.#open.has(node)) this.#open.delete(node);
		else if (isFolder(node)) this.#open.set(node, CHILDREN);
		this.requestUpdate();
	}

	#textOf({ offset, length }: JsonNode): string {
		return this.text.slice(offset, offset + length);
	}

	#copy(): void {
		const row = this.#rows[this.active];
		if (row === undefined) return;
		const detail = this.#textOf(row.node);
		this.dispatchEvent(new CustomEvent<string>("copy-cell", { detail, bubbles: true, composed: true }));
	}

	override focus(): void {
		this.renderRoot.querySelector<HTMLElement>("[role=tree]")?.focus();
	}
}

function clip(text: string): string {
	return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS).replace(/[\ud800-\udbff]$/, "")}…`;
}
