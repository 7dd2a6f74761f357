import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { SchemaObject } from "../../protocol/engine";
import { drawName, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { baseStyles } from "../styles";

/** The user chose an object. */
export type ChooseObjectEvent = CustomEvent<SchemaObject>;

/** Objects of one kind that are drawn at most. */
const MAX_OBJECTS = 1000;

const KINDS: readonly SchemaObject["kind"][] = ["table", "view", "index", "trigger"];

/**
 * Tables, views, indexes and triggers, as one list under the keyboard, and a field that leaves those with a text in their
 * names. Moving in it runs nothing; choosing does.
 */
@customElement("object-list")
export class ObjectList extends LitElement {
	@property({ attribute: false }) accessor objects: readonly SchemaObject[] = [];
	@property({ attribute: false }) accessor rowCounts: ReadonlyMap<string, number> = new Map();
	@property({ attribute: false }) accessor chosen: SchemaObject | undefined;
	@state() private accessor active = 0;
	@state() private accessor filter = "";

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: flex;
				flex-direction: column;
				min-width: 0;
				min-height: 0;
				overflow: hidden;
			}
			[role="listbox"] {
				flex: 1;
				overflow: auto;
				padding-bottom: 8px;
			}
			input {
				flex: none;
				min-width: 0;
				margin: 8px 12px 4px;
				padding: 3px 6px;
				border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, transparent));
				background: var(--vscode-input-background);
				color: var(--vscode-input-foreground, inherit);
				font: inherit;
			}
			input::placeholder {
				color: var(--vscode-input-placeholderForeground, var(--vscode-descriptionForeground));
				opacity: 1;
			}
			.group-name {
				padding: 8px 12px 2px;
				color: var(--vscode-descriptionForeground);
				font-weight: 600;
			}
			[role="option"] {
				display: flex;
				gap: 8px;
				padding: 2px 12px;
				cursor: pointer;
			}
			[role="option"]:hover {
				background: var(--vscode-list-hoverBackground);
				color: var(--vscode-list-hoverForeground, inherit);
			}
			[aria-selected="true"],
			[aria-selected="true"]:hover {
				background: var(--vscode-list-activeSelectionBackground);
				color: var(--vscode-list-activeSelectionForeground);
				outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
				outline-offset: -1px;
			}
			[role="listbox"]:focus-visible {
				outline: none;
			}
			[role="listbox"]:focus-visible .active {
				outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
				outline-offset: -1px;
			}
			.name {
				flex: 1;
				min-width: 0;
				overflow: hidden;
				text-overflow: ellipsis;
				white-space: pre;
			}
			.count {
				font-variant-numeric: tabular-nums;
				color: var(--vscode-descriptionForeground);
			}
			[aria-selected="true"] .count {
				color: inherit;
			}
			.unusable {
				font-style: italic;
			}
			.empty {
				padding: 8px 12px;
			}
		`,
	];

	override render(): TemplateResult {
		const matching = this.#matching();
		const shown = firstOfEach(matching);
		return html`<input
				type="search"
				aria-label=${t("Filter by name")}
				placeholder=${t("Filter")}
				.value=${this.filter}
				@input=${this.#filterBy}
				@keydown=${(event: KeyboardEvent) => this.#keyInFilter(event, shown)}
			/>
			<div
			role="listbox"
			aria-label=${t("Tables")}
			tabindex="0"
			aria-activedescendant=${shown.length === 0 ? nothing : optionId(this.active)}
			@keydown=${(event: KeyboardEvent) => this.#key(event, shown)}
		>
			${KINDS.map((kind) => this.#group(kind, shown, matching))}
		</div>`;
	}

	#group(
		kind: SchemaObject["kind"],
		shown: readonly SchemaObject[],
		matching: readonly SchemaObject[],
	): TemplateResult | typeof nothing {
		const total = matching.filter((object) => object.kind === kind).length;
		if (total === 0 && kind !== "table") return nothing;
		const more = total - MAX_OBJECTS;
		return html`<div role="group" aria-label=${groupName(kind)}>
			<div class="group-name" role="presentation">${groupName(kind)}</div>
			${shown.map((object, position) => (object.kind === kind ? this.#option(object, position) : nothing))}
			${total === 0 ? html`<div class="empty dim" role="presentation">${t("none")}</div>` : nothing}
			${more > 0 ? html`<div class="empty dim" role="presentation">${t("and {0} more: filter by name", formatCount(more))}</div>` : nothing}
		</div>`;
	}

	#option(object: SchemaObject, position: number): TemplateResult {
		return html`<div
			id=${optionId(position)}
			role="option"
			class=${position === this.active ? "active" : ""}
			aria-selected=${object === this.chosen}
			title=${object.unusable ?? nothing}
			@click=${() => this.#choose(object, position)}
		>
			<span class="name ${object.unusable === undefined ? "" : "unusable"}">${drawName(object.name)}</span>
			${this.#remark(object)}
		</div>`;
	}

	#remark(object: SchemaObject): TemplateResult | typeof nothing {
		if (object.unusable !== undefined) return html`<span class="count">${t("cannot be queried")}</span>`;
		const rows = object.kind === "table" ? this.rowCounts.get(object.name) : undefined;
		if (rows === undefined) return nothing;
		const unit = rows === 1 ? t("row") : t("rows");
		return html`<span class="count">${formatCount(rows)}<span class="visually-hidden"> ${unit}</span></span>`;
	}

	#matching(): readonly SchemaObject[] {
		const wanted = this.filter.toLowerCase();
		return wanted === "" ? this.objects : this.objects.filter(({ name }) => name.toLowerCase().includes(wanted));
	}

	#filterBy(event: InputEvent): void {
		this.filter = (event.target as HTMLInputElement).value;
		this.active = 0;
	}

	/** Moving and choosing work from the field as well. Escape empties it. */
	#keyInFilter(event: KeyboardEvent, shown: readonly SchemaObject[]): void {
		if (event.key === "ArrowDown" || event.key === "ArrowUp" || event.key === "Enter") this.#key(event, shown);
		else if (event.key === "Escape" && this.filter !== "") this.filter = "";
	}

	#key(event: KeyboardEvent, shown: readonly SchemaObject[]): void {
		const last = shown.length - 1;
		const object = shown[this.active];
		if (event.key === "ArrowDown") this.active = Math.min(last, this.active + 1);
		else if (event.key === "ArrowUp") this.active = Math.max(0, this.active - 1);
		else if (event.key === "Home") this.active = 0;
		else if (event.key === "End") this.active = Math.max(0, last);
		else if ((event.key === "Enter" || event.key === " ") && object !== undefined) this.#choose(object, this.active);
		else return;
		event.preventDefault();
	}

	#choose(object: SchemaObject, position: number): void {
		this.active = position;
		this.dispatchEvent(new CustomEvent<SchemaObject>("choose-object", { detail: object }));
	}

	protected override updated(): void {
		this.renderRoot.querySelector(".active")?.scrollIntoView({ block: "nearest" });
	}
}

/** In the order in which they are drawn. */
function firstOfEach(objects: readonly SchemaObject[]): readonly SchemaObject[] {
	return KINDS.flatMap((kind) => objects.filter((object) => object.kind === kind).slice(0, MAX_OBJECTS));
}

function optionId(position: number): string {
	return `option-${position}`;
}

function groupName(kind: SchemaObject["kind"]): string {
	switch (kind) {
		case "table":
			return t("Tables");
		case "view":
			return t("Views");
		case "index":
			return t("Indexes");
		case "trigger":
			return t("Triggers");
		default:
			return kind satisfies never;
	}
}
