import { autocompletion, closeCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { SchemaObject } from "../../protocol/engine";
import type { EngineSession } from "../engine/engineSession";
import { t } from "../l10n";
import { baseStyles } from "../styles";
import { NO_NAMES, readSchemaNames, type SchemaNames } from "./schemaNames";
import { sqlLanguage } from "./sqlCompletion";
import { sqlEditorTheme } from "./sqlEditorTheme";
import { setFaults, sqlFaults } from "./sqlFaults";

/** The text of the SQL field is another. */
export type SqlChangeEvent = CustomEvent<string>;

/** A part of the editor's text. */
export interface SqlRange {
	readonly from: number;
	readonly to: number;
}

/** Runs the query, in the pane around it; the editor would make a new line. */
const TAKEN = new Set(["Mod-Enter"]);

/** The field that SQL is written in. Tab leaves it, as it leaves every other field. */
@customElement("sql-editor")
export class SqlEditor extends LitElement {
	/** Over the database whose names are completed. */
	@property({ attribute: false }) accessor engine: EngineSession | undefined;
	/** Tables, views and what else the database holds. */
	@property({ attribute: false }) accessor objects: readonly SchemaObject[] = [];
	/** Whose names are being read, or have been. */
	#namesFor: EngineSession | undefined;
	readonly #language = new Compartment();
	#view: EditorView | undefined;
	#state = EditorState.create({ extensions: this.#extensions() });

	static override styles = [
		baseStyles,
		css`
			:host {
				display: block;
				height: 7.5em;
				min-height: 3em;
				max-height: 60vh;
				overflow: auto;
				resize: vertical;
				border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)));
			}
			:host(:focus-within) {
				border-color: var(--vscode-focusBorder);
			}
		`,
	];

	constructor() {
		super();
		this.addEventListener("focusin", () => void this.#readNames());
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#view = new EditorView({ state: this.#state, root: this.shadowRoot! });
		this.requestUpdate();
	}

	override disconnectedCallback(): void {
		if (this.#view !== undefined) {
			this.#state = this.#view.state;
			this.#view.destroy();
			this.#view = undefined;
		}
		super.disconnectedCallback();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("engine")) return;
		this.#namesFor = undefined;
		this.#complete(NO_NAMES);
	}

	/** Once somebody is about to write SQL, unless the names are here. */
	async #readNames(): Promise<void> {
		const { engine, objects } = this;
		if (engine === undefined || this.#namesFor === engine) return;
		this.#namesFor = engine;
		try {
			const names = await readSchemaNames(engine, objects);
			if (this.engine === engine) this.#complete(names);
		} catch {
			// A schema with an error in it, or an engine that was ended to cancel a query: asked again when the focus comes back.
			this.#namesFor = undefined;
		}
	}

	#complete(names: SchemaNames): void {
		this.#view?.dispatch({ effects: this.#language.reconfigure([...sqlLanguage(names)]) });
	}

	override render(): TemplateResult {
		return html`${this.#view?.dom}`;
	}

	get text(): string {
		return this.#view?.state.doc.toString() ?? "";
	}

	set text(text: string) {
		this.replace({ from: 0, to: this.text.length }, text);
	}

	/** Puts another text in the place of a part, and the cursor behind it. */
	replace({ from, to }: SqlRange, text: string): void {
		this.#view?.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
	}

	/** What is selected; its ends are equal where nothing is. */
	get selection(): SqlRange {
		const { from = 0, to = 0 } = this.#view?.state.selection.main ?? {};
		return { from, to };
	}

	/** What is selected; everything where nothing is. */
	get range(): SqlRange {
		const { from, to } = this.selection;
		return from === to ? { from: 0, to: this.text.length } : { from, to };
	}

	/** Marks places of the text as wrong, in place of those that were. */
	markFaults(places: readonly SqlRange[]): void {
		this.#view?.dispatch({ effects: setFaults.of(places) });
	}

	/** Where a place in the text is, both counted from 1. */
	lineAndColumn(position: number): { readonly line: number; readonly column: number } {
		const { doc } = this.#view?.state ?? {};
		const { number = 1, from = 0 } = doc?.lineAt(Math.min(position, doc.length)) ?? {};
		return { line: number, column: position - from + 1 };
	}

	/** Puts the cursor there, and the focus. */
	goTo(position: number): void {
		const anchor = Math.min(position, this.text.length);
		this.#view?.dispatch({ selection: { anchor }, scrollIntoView: true });
		this.focus();
	}

	/** Takes back what is offered for completion, now or soon. */
	closeCompletion(): void {
		if (this.#view !== undefined) closeCompletion(this.#view);
	}

	override focus(): void {
		this.#view?.focus();
	}

	#extensions() {
		return [
			history(),
			keymap.of([...defaultKeymap.filter(({ key }) => key === undefined || !TAKEN.has(key)), ...historyKeymap]),
			this.#language.of([...sqlLanguage(NO_NAMES)]),
			autocompletion({ icons: false }),
			EditorView.lineWrapping,
			// What scrolls must be reached by the keyboard, and not every browser counts editable text as that.
			EditorView.contentAttributes.of({ "aria-label": t("SQL query"), tabindex: "0" }),
			placeholder(t("Write SQL. Ctrl+Enter runs it, Ctrl+Space completes it, Tab leaves.")),
			EditorView.updateListener.of(({ docChanged }) => {
				if (docChanged) this.#tell();
			}),
			sqlFaults,
			EditorView.domEventHandlers({ beforeinput: typeOver }),
			sqlEditorTheme,
		];
	}

	#tell(): void {
		this.dispatchEvent(new CustomEvent<string>("sql-change", { detail: this.text, bubbles: true, composed: true }));
	}
}

/**
 * Text typed over a selection. Chromium would keep the colour of what was selected, in a `style` attribute, which the
 * page's policy refuses and the console complains of.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
	const range = selectedIn(view.root);
	if (event.inputType !== "insertText" || event.data === null || range === undefined || range.collapsed) return false;
	const from = view.posAtDOM(range.startContainer, range.startOffset);
	const to = view.posAtDOM(range.endContainer, range.endOffset);
	view.dispatch({
		changes: { from, to, insert: event.data },
		selection: { anchor: from + event.data.length },
		userEvent: "input.type",
		scrollIntoView: true,
	});
	return true;
}

/** What the browser has selected, of which the editor may not have heard yet. Chromium asks a shadow root for it. */
function selectedIn(root: DocumentOrShadowRoot): Range | undefined {
	const selection = (root as { getSelection?(): Selection | null }).getSelection?.();
	return selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
}
