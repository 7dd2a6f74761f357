import * as vscode from "vscode";
import { REPORT_PANEL } from "../ids";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { type ReportActions, ReportPanel } from "./reportPanel";
import type { Verifier } from "./verifier";

/** The open reports: one for each store, shown again when it is asked for again, and back after a reload. */
export class ReportPanels extends Owner implements vscode.WebviewPanelSerializer {
	readonly #open = new Map<KnownStore, ReportPanel>();

	constructor(
		private readonly extension: vscode.Uri,
		private readonly stores: KnownStores,
		private readonly verifier: Verifier,
		private readonly actions: ReportActions,
	) {
		super();
		this.own(vscode.window.registerWebviewPanelSerializer(REPORT_PANEL, this));
		this.own({
			dispose: () => {
				for (const panel of this.#open.values()) panel.dispose();
			},
		});
	}

	show(store: KnownStore): void {
		const open = this.#open.get(store);
		if (open !== undefined) open.reveal();
		else this.#serve(vscode.window.createWebviewPanel(REPORT_PANEL, "", vscode.ViewColumn.Active), store);
	}

	/** The store of the report that the user works in. */
	get storeInFront(): KnownStore | undefined {
		return [...this.#open.values()].find(({ isInFront }) => isInFront)?.store;
	}

	async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
		const uri = (kept as { readonly storeUri?: unknown } | undefined)?.storeUri;
		const store = typeof uri === "string" && uri !== "" ? this.stores.at(vscode.Uri.parse(uri, true)) : undefined;
		if (store === undefined || this.#open.has(store)) panel.dispose();
		else this.#serve(panel, store);
	}

	#serve(panel: vscode.WebviewPanel, store: KnownStore): void {
		const served = new ReportPanel(panel, store, this.extension, this.verifier, this.actions);
		this.#open.set(store, served);
		served.onDidEnd(() => this.#open.delete(store));
	}
}
