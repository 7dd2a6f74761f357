import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { findSnapshot } from "../../core/snapshot/catalog";
import type { HostFunctions, PageFunctions, PanelState, SnapshotDescription } from "../../protocol/page";
import { type Channel, connect } from "../../protocol/rpc";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import { describeSnapshot } from "./describeSnapshot";
import { html } from "./html";
import { SnapshotFiles } from "./snapshotFiles";

/** What a page can have done elsewhere in the window. */
export interface PageActions {
	openSnapshot(store: KnownStore, id: string): void;
	verifyStore(store: KnownStore): Promise<void>;
}

/** The page of one snapshot, and what it is served. It ends with its tab. */
export class SnapshotPanel extends Owner {
	readonly #ended = this.own(new vscode.EventEmitter<void>());
	readonly onDidEnd = this.#ended.event;
	readonly #store: KnownStore;
	readonly #snapshot: string;
	/** What the page was told last; its pieces come from these files. */
	#description: SnapshotDescription | undefined;
	#files: SnapshotFiles;

	constructor(
		private readonly panel: vscode.WebviewPanel,
		{ store, snapshot }: { readonly store: KnownStore; readonly snapshot: string },
		extension: vscode.Uri,
		actions: PageActions,
	) {
		super();
		this.#store = store;
		this.#snapshot = snapshot;
		this.#files = new SnapshotFiles(store.files, []);
		this.own(panel);
		this.own(
			panel.onDidDispose(() => {
				this.#ended.fire();
				this.dispose();
			}),
		);
		this.own(store.watch());

		const page = connect<PageFunctions, HostFunctions>(this.#hostFunctions(actions), channelOf(panel.webview));
		this.own({ dispose: () => page.close() });
		this.own(store.onDidChange(() => page.remote.storeChanged()));
		showPage(panel, extension, { storeUri: store.uri.toString(), snapshot });
	}

	reveal(): void {
		this.panel.reveal();
	}

	#hostFunctions({ openSnapshot, verifyStore }: PageActions): HostFunctions {
		return {
			describe: () => this.#describe(),
			readFile: (file, offset, length) => this.#files.read(file, offset, length),
			openSnapshot: async (id) => openSnapshot(this.#store, String(id)),
			verifyStore: () => verifyStore(this.#store),
			copyText: async (text) => vscode.env.clipboard.writeText(String(text)),
		};
	}

	async #describe(): Promise<SnapshotDescription> {
		const view = await this.#store.refresh();
		const place = vscode.workspace.asRelativePath(this.#store.uri, true);
		const store = view.state === "read" ? view.store : undefined;
		const snapshot = store === undefined ? undefined : findSnapshot(store, this.#snapshot);
		if (store !== undefined && snapshot !== undefined) {
			const { description, files } = describeSnapshot(store, snapshot, place);
			this.#description = description;
			this.#files = new SnapshotFiles(this.#store.files, files);
			return description;
		}
		this.#files = new SnapshotFiles(this.#store.files, []);
		if (this.#description === undefined) {
			if (view.state === "unreadable") throw new Error(view.message);
			throw new Error(vscode.l10n.t("Snapshot {0} is not in {1}.", this.#snapshot, place));
		}
		this.#description = { ...this.#description, present: false, files: [] };
		return this.#description;
	}
}

function showPage({ webview }: vscode.WebviewPanel, extension: vscode.Uri, state: PanelState): void {
	const dist = vscode.Uri.joinPath(extension, "dist");
	const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
	webview.options = { enableScripts: true, localResourceRoots: [dist, vscode.Uri.joinPath(extension, "media")] };
	webview.html = html(
		{
			source: webview.cspSource,
			script: address("page.js"),
			nonce: randomBytes(24).toString("base64"),
			language: vscode.env.language,
		},
		{
			engineWorker: address("engineWorker.js"),
			wasm: address("sql-wasm.wasm"),
			state,
			strings: vscode.l10n.bundle ?? {},
		},
	);
}

function channelOf(webview: vscode.Webview): Channel {
	return {
		post: (message) => void webview.postMessage(message),
		listen: (receive) => {
			const listening = webview.onDidReceiveMessage(receive);
			return () => listening.dispose();
		},
	};
}
