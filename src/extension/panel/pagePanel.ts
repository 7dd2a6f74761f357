import * as vscode from "vscode";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";

/** A panel with a page about one store, which is kept as it is on disk while the panel is there. It ends with its tab. */
export abstract class PagePanel extends Owner {
	readonly #ended = this.own(new vscode.EventEmitter<void>());
	readonly onDidEnd = this.#ended.event;

	constructor(
		protected readonly panel: vscode.WebviewPanel,
		readonly store: KnownStore,
	) {
		super();
		this.own(panel);
		this.own(
			panel.onDidDispose(() => {
				this.#ended.fire();
				this.dispose();
			}),
		);
		this.own(store.watch());
	}

	/** Whether it is the editor that the user works in. */
	get isInFront(): boolean {
		return this.panel.active;
	}

	reveal(): void {
		this.panel.reveal();
	}

	/** The store as people know it: workspace-relative where it can be. */
	get place(): string {
		return vscode.workspace.asRelativePath(this.store.uri, true);
	}
}
