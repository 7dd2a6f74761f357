import { join } from "node:path";
import * as vscode from "vscode";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import type { HostLayoutFunctions } from "../../protocol/columnLayouts";
import type {
	ExportChoice,
	HostEngineFunctions,
	HostFunctions,
	PageBoot,
	PageFunctions,
	PanelState,
} from "../../protocol/page";
import type { HostQueryFunctions, PageQuery } from "../../protocol/pageQuery";
import { connect } from "../../protocol/rpc";
import { type EnginePlace, ServedEngines } from "../engine/servedEngines";
import { hostQueries, type Queries } from "../queries/hostQueries";
import { engineSettings } from "../settings";
import type { KnownStore } from "../stores/knownStore";
import { checkedChoice } from "./checkedChoice";
import { PagePanel } from "./pagePanel";
import { saveValue } from "./saveValue";
import { relativePath, type Served, servedOf } from "./served";
import { ServedLive } from "./servedLive";
import type { StoreLayouts } from "./storeLayouts";
import { channelOf, showPage } from "./webviewPage";

/** What a page can have done elsewhere in the window. */
export interface PageActions {
	openSnapshot(store: KnownStore, id: string): void;
	verifyStore(store: KnownStore): Promise<void>;
	exportRows(store: KnownStore, id: string, choice: ExportChoice): Promise<void>;
	restoreSnapshot(store: KnownStore, id: string): Promise<void>;
	/** Runs a query on another snapshot of a store, which the user chooses. */
	runElsewhere(store: KnownStore, but: string, query: PageQuery): Promise<void>;
	readonly queries: Queries;
	readonly layouts: StoreLayouts;
}

/** What a panel shows. */
export interface Shown {
	readonly store: KnownStore;
	readonly snapshot: string;
	/** For the SQL field. */
	readonly sql?: string | undefined;
	/** To be run at once. */
	readonly query?: PageQuery | undefined;
}

/** Where the extension is, and where it may keep something. */
export type PanelContext = Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri">;

/** The page of one snapshot, and what it is served. */
export class SnapshotPanel extends PagePanel {
	readonly snapshot: string;
	readonly #page: PageFunctions;
	/** What its page has to export now. */
	readonly exportChoice: () => Promise<ExportChoice>;

	constructor(
		panel: vscode.WebviewPanel,
		{ store, snapshot, query, sql = query?.sql }: Shown,
		context: PanelContext,
		actions: PageActions,
	) {
		super(panel, store);
		this.snapshot = snapshot;

		const channel = channelOf(panel.webview);
		const served = servedOf(store, snapshot);
		const engines = this.own(
			new ServedEngines(enginePlace(store, served, context), channel, (engine) => page.remote.engineEnded(engine)),
		);
		const page = connect<PageFunctions, HostFunctions & HostEngineFunctions & HostLayoutFunctions & HostQueryFunctions>(
			{
				...this.#hostFunctions(served, actions, engines),
				...engines.functions,
				keepLayout: (layout) => actions.layouts.keep(store.uri.toString(), layout),
				...hostQueries(actions.queries, store.uri.toString(), (query) => actions.runElsewhere(store, snapshot, query)),
			},
			channel,
		);
		this.#page = page.remote;
		this.own({ dispose: () => page.close() });
		this.exportChoice = async () => checkedChoice(await page.remote.exportChoice());
		this.own(store.onDidChange(() => page.remote.storeChanged()));
		const state: PanelState = { storeUri: store.uri.toString(), snapshot, ...(sql === undefined ? {} : { sql }) };
		const content = { script: "page.js", title: "Snapshot", element: "snapshot-page" } as const;
		showPage(
			panel,
			context.extensionUri,
			content,
			(address): PageBoot => ({
				engineWorker: address("engineWorker.js"),
				wasm: address("sql-wasm.wasm"),
				state,
				query,
				layouts: actions.layouts.of(store.uri.toString()),
				strings: vscode.l10n.bundle ?? {},
			}),
		);
	}

	/** The store as people know it; for a live database its data directory, which it belongs to. */
	override get place(): string {
		const data = this.snapshot === LIVE_ID ? this.store.data : undefined;
		return data === undefined ? super.place : relativePath(data.uri);
	}

	/** Runs a query in the page, in place of what is in its SQL field. */
	run(query: PageQuery): void {
		this.#page.runQuery(query);
	}

	set title(title: string) {
		if (this.panel.title !== title) this.panel.title = title;
	}

	#hostFunctions(
		served: Served,
		{ openSnapshot, verifyStore, ...actions }: PageActions,
		engines: ServedEngines,
	): HostFunctions {
		return {
			describe: async () => engines.describe(await served.describe()),
			readFile: (file, offset, length) => served.read(file, offset, length),
			openSnapshot: async (id) => openSnapshot(this.store, await served.find(String(id))),
			reportFindings: async (findings) => served.report(findings),
			verifyStore: () => verifyStore(this.store),
			copyText: async (text) => vscode.env.clipboard.writeText(String(text)),
			saveValue: (name, bytes) => saveValue(this.store, name, bytes),
			exportRows: (choice) => actions.exportRows(this.store, this.snapshot, checkedChoice(choice)),
			restoreSnapshot: () => actions.restoreSnapshot(this.store, this.snapshot),
		};
	}
}

function enginePlace(store: KnownStore, served: Served, context: PanelContext): EnginePlace {
	const dist = vscode.Uri.joinPath(context.extensionUri, "dist").fsPath;
	const storage = context.globalStorageUri;
	return {
		// A live database lies beside its store, where VS Code reaches both the same way.
		hasPath: store.uri.scheme === "file",
		hold: () => (served instanceof ServedLive ? served.hold() : { directory: store.uri.fsPath }),
		program: {
			script: join(dist, "engineThread.js"),
			wasm: join(dist, "sql-wasm.wasm"),
			logIndex: storage.scheme === "file" ? join(storage.fsPath, "logs") : undefined,
		},
		settings: engineSettings,
	};
}
