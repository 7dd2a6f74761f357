import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { placePop, popStyles, type WindowPoint } from "./popStyles";
import { baseStyles } from "./styles";

/** A line of a menu; `separated` from those above. */
export interface MenuItem {
	readonly label: string;
	/** For people: the keys that do the same. */
	readonly keys?: string;
	readonly separated?: boolean;
	run(): void;
}

/** A menu at some place of the page, under the keyboard. It goes when the focus leaves it. */
@customElement("pop-menu")
export class PopMenu extends LitElement {
	@property() accessor label = "";
	@state() private accessor items: readonly MenuItem[] = [];
	/** Gives the focus back. */
	#closed = () => {};

	static override styles = [
		baseStyles,
		popStyles,
		css`
			.pop {
				min-width: 200px;
				overflow-y: auto;
				padding: 4px 0;
			}
			[role="menuitem"] {
				display: flex;
				justify-content: space-between;
				gap: 24px;
				padding: 4px 16px;
				cursor: default;
				outline: none;
			}
			[role="menuitem"]:focus {
				background: var(--vscode-menu-selectionBackground, var(--vscode-list-activeSelectionBackground));
				color: var(--vscode-menu-selectionForeground, var(--vscode-list-activeSelectionForeground));
				outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
				outline-offset: -1px;
			}
			.label {
				overflow-wrap: anywhere;
			}
			.keys {
				flex: none;
			}
			[role="separator"] {
				margin: 4px 0;
				border-top: 1px solid var(--vscode-menu-separatorBackground, var(--vscode-panel-border, currentColor));
			}
		`,
	];

	/** Opens at a point of the window. `closed` gives the focus back to where it came from. */
	async open(items: readonly MenuItem[], at: WindowPoint, closed: () => void): Promise<void> {
		this.items = items;
		this.#closed = closed;
		await this.updateComplete;
		const menu = this.renderRoot.querySelector<HTMLElement>("[role=menu]");
		if (menu === null) return;
		placePop(menu, at);
		this.#focus(0);
	}

	override render(): TemplateResult | typeof nothing {
		if (this.items.length === 0) return nothing;
		return html`<div
			role="menu"
			class="pop"
			aria-label=${this.label}
			@keydown=${this.#key}
			@focusout=${this.#leave}
			@contextmenu=${(event: Event) => event.preventDefault()}
		>
			${this.items.map((item) => this.#item(item))}
		</div>`;
	}

	#item(item: MenuItem): TemplateResult {
		return html`${item.separated ? html`<div role="separator"></div>` : nothing}
			<div
				role="menuitem"
				tabindex="-1"
				@click=${() => this.#choose(item)}
				@pointermove=${({ currentTarget }: PointerEvent) => (currentTarget as HTMLElement).focus()}
				><span class="label">${item.label}</span>${item.keys === undefined ? nothing : html`<span class="keys" aria-hidden="true">${item.keys}</span>`}</div
			>`;
	}

	get #elements(): readonly HTMLElement[] {
		return [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
	}

	#focus(at: number): void {
		const elements = this.#elements;
		elements[(at + elements.length) % elements.length]?.focus();
	}

	#key(event: KeyboardEvent): void {
		event.preventDefault();
		event.stopPropagation();
		const elements = this.#elements;
		const at = elements.findIndex((element) => element.matches(":focus"));
		if (event.key === "ArrowDown") this.#focus(at + 1);
		else if (event.key === "ArrowUp") this.#focus(at - 1);
		else if (event.key === "Home") this.#focus(0);
		else if (event.key === "End") this.#focus(-1);
		else if (event.key === "Enter" || event.key === " ") {
			const item = this.items[at];
			if (item !== undefined) this.#choose(item);
		} else if (event.key === "Escape" || event.key === "Tab") {
			this.#close();
		} else if (event.key.length === 1) this.#find(event.key, at);
	}

	/** To the next line that begins with a letter. */
	#find(letter: string, at: number): void {
		for (let step = 1; step <= this.items.length; step++) {
			const next = (at + step) % this.items.length;
			if (this.items[next]?.label.toLowerCase().startsWith(letter.toLowerCase())) {
				this.#focus(next);
				return;
			}
		}
	}

	#choose(item: MenuItem): void {
		this.#close();
		item.run();
	}

	#leave({ relatedTarget }: FocusEvent): void {
		if (!(relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget))) this.items = [];
	}

	#close(): void {
		this.items = [];
		this.#closed();
	}
}
