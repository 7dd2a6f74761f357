import * as vscode from "vscode";
import { openSnapshot } from "./commands/openSnapshot";
import { reveal } from "./commands/reveal";
import { storeFor } from "./commands/storeFor";
import { SnapshotFileSystem } from "./fileSystem/snapshotFileSystem";
import { COMMANDS, OPEN_SELECTED, SNAPSHOT_SCHEME, STORES_VIEW } from "./ids";
import { Owner } from "./owner";
import { SnapshotPanels } from "./panel/snapshotPanels";
import { StoreLayouts } from "./panel/storeLayouts";
import { QueryHistory } from "./queries/queryHistory";
import { SavedQueries } from "./queries/savedQueries";
import type { KnownStore } from "./stores/knownStore";
import { KnownStores } from "./stores/knownStores";
import { Sample } from "./stores/sample";
import { settingRoots } from "./stores/settingRoots";
import type { StoreRoot } from "./stores/storeRoot";
import { isTreeNode, type TreeNode } from "./tree/node";
import { openSelected } from "./tree/openSelected";
import { StoreTree } from "./tree/storeTree";
import { WatchedView } from "./tree/watchedView";
import { VerificationShell } from "./verification/verificationShell";
import { PlanDocuments } from "./writing/planDocuments";
import { tellRefusal } from "./writing/refusal";
import { writableDirectory } from "./writing/writableDirectory";

const { t } = vscode.l10n;

// What writes, and the formats that only writing needs, are loaded when they are asked for: a window opens sooner.
const exporting = () => import("./commands/exportRows");
const restoring = () => import("./commands/restoreSnapshot");

/** What other extensions, and the tests, may look at. */
export interface ExtensionApi {
	readonly tree: vscode.TreeDataProvider<TreeNode>;
}

export function activate(context: vscode.ExtensionContext): ExtensionApi {
	const shell = new Shell(context);
	context.subscriptions.push(shell);
	return { tree: shell.tree };
}

/** Everything this extension adds to a window. It reads nothing until somebody looks. */
class Shell extends Owner {
	readonly tree: StoreTree;
	readonly #sample: Sample;
	readonly #stores: KnownStores;

	constructor(context: vscode.ExtensionContext) {
		super();
		this.#sample = new Sample(context);
		this.#stores = this.own(new KnownStores(() => this.#roots()));
		this.tree = this.own(new StoreTree(this.#stores));
		const view = this.own(
			vscode.window.createTreeView(STORES_VIEW, { treeDataProvider: this.tree, showCollapseAll: true }),
		);
		this.own(new WatchedView(view, this.tree, this.#stores));

		const dist = vscode.Uri.joinPath(context.extensionUri, "dist").fsPath;
		const panels: SnapshotPanels = this.own(
			new SnapshotPanels(context, this.#stores, {
				verifyStore: (store) => verification.verify(store),
				exportRows: (store, id, choice) =>
					tellRefusal(async () => (await exporting()).exportRows({ store, id, dist }, choice)),
				restoreSnapshot: (store, id) => tellRefusal(async () => (await restoring()).restorePicked(store, id)),
				queries: {
					history: new QueryHistory(context.workspaceState),
					saved: new SavedQueries(context.workspaceState),
				},
				layouts: new StoreLayouts(context.workspaceState),
			}),
		);
		const verification = this.own(new VerificationShell(context, this.#stores, panels));
		this.#command(COMMANDS.openSnapshot, (target) => openSnapshot(this.#stores, panels, target));
		this.#command(OPEN_SELECTED, () => openSelected(view, this.tree));
		const snapshots = this.own(new SnapshotFileSystem(this.#stores));
		const options = { isCaseSensitive: true, isReadonly: true };
		this.own(vscode.workspace.registerFileSystemProvider(SNAPSHOT_SCHEME, snapshots, options));
		this.#command(COMMANDS.openSnapshotWith, (target) =>
			tellRefusal(async () => {
				const { openSnapshotWith } = await import("./commands/openSnapshotWith");
				return openSnapshotWith(this.#stores, target);
			}),
		);
		this.#command(COMMANDS.refresh, () => this.#refresh());
		this.#command(COMMANDS.copyId, (target) => copyId(target));
		this.#command(COMMANDS.reveal, (target) => reveal(target));
		const plans = this.own(new PlanDocuments());
		this.#command(COMMANDS.restoreSnapshot, (target) =>
			tellRefusal(async () => (await restoring()).restoreSnapshot(this.#stores, target)),
		);
		for (const command of [COMMANDS.exportRows, COMMANDS.exportTables]) {
			this.#command(command, (target) =>
				tellRefusal(async () => (await exporting()).exportFor(this.#stores, panels, dist, target)),
			);
		}
		this.#writingCommand(COMMANDS.createSnapshot, t("Create snapshot from database"), async (store, writable) => {
			const { createSnapshot } = await import("./commands/createSnapshot");
			return createSnapshot(store, writable);
		});
		this.#writingCommand(COMMANDS.reapSnapshots, t("Reap snapshots"), async (store, writable) => {
			const { reapSnapshots } = await import("./commands/reapSnapshots");
			return reapSnapshots(store, plans, writable);
		});
		this.#writingCommand(COMMANDS.recoverStore, t("Recover store"), async (store, writable) => {
			const { recoverStore } = await import("./commands/recoverStore");
			return recoverStore(store, plans, writable);
		});
		this.#command(COMMANDS.openSample, () => this.#showSample(true));
		this.#command(COMMANDS.closeSample, () => this.#showSample(false));
	}

	#command(id: string, run: (target: unknown) => Promise<void>): void {
		this.own(vscode.commands.registerCommand(id, run));
	}

	/** A command that writes into a store; whatever comes of it, tree and panels show the store as it is then. */
	#writingCommand(
		id: string,
		title: string,
		run: (store: KnownStore, writable: () => Promise<string>) => Promise<void>,
	): void {
		this.#command(id, async (target) => {
			const store = await storeFor(this.#stores, target, title);
			if (store === undefined) return;
			await tellRefusal(async () => {
				try {
					await run(store, () => writableDirectory(store, this.#sample.holds(store)));
				} finally {
					await store.refresh();
				}
			});
		});
	}

	#roots(): readonly StoreRoot[] {
		const folders = vscode.workspace.workspaceFolders ?? [];
		const sample = this.#sample.root;
		return [
			...folders.map(({ uri, name }): StoreRoot => ({ uri, name, kind: "folder" })),
			...settingRoots(),
			...(sample === undefined ? [] : [sample]),
		];
	}

	async #refresh(): Promise<void> {
		await this.#stores.search();
		const stores = await this.#stores.everything();
		await Promise.all(stores.filter(({ view }) => view !== undefined).map((store) => store.refresh()));
	}

	async #showSample(shown: boolean): Promise<void> {
		await this.#sample.show(shown);
		await this.#stores.search();
	}
}

async function copyId(target: unknown): Promise<void> {
	if (isTreeNode(target) && target.kind === "snapshot") await vscode.env.clipboard.writeText(target.snapshot.id);
}
