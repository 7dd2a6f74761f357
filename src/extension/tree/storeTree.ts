import * as vscode from "vscode";
import { Owner } from "../owner";
import { hasLiveDatabase } from "../stores/dataDirectory";
import { Debounce } from "../stores/debounce";
import type { KnownStore } from "../stores/knownStore";
import type { FoundRoot, FoundStore, KnownStores } from "../stores/knownStores";
import { childrenOfGeneration, childrenOfReap, childrenOfSnapshot, childrenOfStore } from "./children";
import { treeItem } from "./item";
import type { FolderNode, LiveNode, MessageNode, StoreNode, TreeNode } from "./node";

const QUIET_MS = 300;
const LONGEST_MS = 2000;

/** The view's nodes. A store is read when its node is opened, never before. */
export class StoreTree extends Owner implements vscode.TreeDataProvider<TreeNode> {
	readonly #changed = this.own(new vscode.EventEmitter<TreeNode | undefined>());
	readonly onDidChangeTreeData = this.#changed.event;
	readonly #answered = this.own(new vscode.EventEmitter<void>());
	/** Children have been answered to whoever asked. */
	readonly onDidAnswer = this.#answered.event;
	/** One node for each store as long as it is found: a change is told to VS Code by the same object. */
	readonly #storeNodes = new Map<KnownStore, StoreNode>();
	/** Stores that have been read since they were drawn: their own row does not say so yet. */
	readonly #readSinceDrawn = new Set<StoreNode>();
	/** A row is drawn again once no children are asked for: VS Code loses those of a node that changes meanwhile. */
	readonly #drawWhenQuiet = this.own(new Debounce(() => this.#drawRead(), QUIET_MS, LONGEST_MS));

	constructor(private readonly stores: KnownStores) {
		super();
		this.own(stores.onDidSearch(() => this.#changed.fire(undefined)));
		this.own(stores.onDidChange((store) => this.#storeChanged(store)));
	}

	getTreeItem(node: TreeNode): vscode.TreeItem {
		return treeItem(node);
	}

	getParent(node: TreeNode): TreeNode | undefined {
		return node.parent;
	}

	async getChildren(node?: TreeNode): Promise<TreeNode[]> {
		try {
			return await this.#childrenOf(node);
		} finally {
			this.#answered.fire();
		}
	}

	/** Draws the stores again that have been read: times such as "3 minutes ago" move on. */
	redraw(): void {
		for (const node of this.#storeNodes.values()) if (node.view !== undefined) this.#changed.fire(node);
	}

	async #childrenOf(node: TreeNode | undefined): Promise<TreeNode[]> {
		if (this.#readSinceDrawn.size > 0) this.#drawWhenQuiet.trigger();
		if (node === undefined) return this.#roots(await this.stores.found());
		switch (node.kind) {
			case "folder": {
				const all = await this.stores.found();
				const found = all.find(({ root }) => root.uri.toString() === node.uri);
				return found === undefined ? [] : this.#inRoot(found, node, await readIfAlone(all));
			}
			case "store": {
				if (node.view === undefined) this.#readSinceDrawn.add(node);
				const view = await this.stores.at(vscode.Uri.parse(node.uri, true)).read();
				if (this.#readSinceDrawn.has(node)) this.#drawWhenQuiet.trigger();
				const live = liveNodes(node);
				if (view.state === "read") return [...live, ...childrenOfStore(node, view)];
				if (node.holds === "database" && live.length > 0) return [...live, message(node, { reason: "no-store-yet" })];
				return [...live, message(node, { reason: "unreadable", detail: view.message })];
			}
			case "generation":
				return childrenOfGeneration(node);
			case "snapshot":
				return childrenOfSnapshot(node);
			case "reap":
				return childrenOfReap(node);
			case "reap-step":
			case "live":
			case "finding":
			case "message":
				return [];
			default:
				return node satisfies never;
		}
	}

	/** Nothing at all where there is nothing to show: the welcome view stands there. */
	async #roots(found: readonly FoundRoot[]): Promise<TreeNode[]> {
		const kept = new Set(found.flatMap(({ stores }) => stores.map(({ store }) => store)));
		for (const store of this.#storeNodes.keys()) if (!kept.has(store)) this.#storeNodes.delete(store);

		const [first, second] = found;
		if (first === undefined) return [];
		if (second === undefined) {
			return this.#inRoot(first, undefined, await readIfAlone(found));
		}
		if (kept.size === 0 && found.every(({ error }) => error === undefined)) return [];
		return found.map(({ root }): FolderNode => {
			const twin = found.some((other) => other.root !== root && other.root.name === root.name);
			return {
				kind: "folder",
				id: `folder:${root.uri.toString()}`,
				uri: root.uri.toString(),
				name: root.name,
				place: twin || root.kind === "setting" ? root.uri.fsPath : undefined,
				parent: undefined,
			};
		});
	}

	#inRoot(found: FoundRoot, parent: FolderNode | undefined, only: boolean): TreeNode[] {
		const nodes: TreeNode[] = found.stores.map((store) => this.#storeNode(store, found, parent, only));
		if (found.error !== undefined) nodes.push(message(parent, { reason: "unreadable", detail: found.error }));
		else if (!found.complete && (nodes.length > 0 || parent !== undefined))
			// Where there is nothing else to show, the welcome view says it.
			nodes.push(message(parent, { reason: "search-incomplete", directories: found.directories }));
		else if (nodes.length === 0 && parent !== undefined) nodes.push(message(parent, { reason: "no-store" }));
		return nodes;
	}

	#storeNode(
		{ path, holds, store }: FoundStore,
		{ root }: FoundRoot,
		parent: FolderNode | undefined,
		only: boolean,
	): StoreNode {
		const name = path === "" ? root.name : path;
		const known = this.#storeNodes.get(store);
		const same =
			known?.name === name && known.parent?.id === parent?.id && known.only === only && known.holds === holds;
		if (known !== undefined && same) return known;
		const node: StoreNode = {
			kind: "store",
			id: `store:${store.uri.toString()}`,
			uri: store.uri.toString(),
			name,
			sample: root.kind === "sample",
			holds,
			only,
			get view() {
				return store.view;
			},
			get data() {
				return store.data;
			},
			parent,
		};
		this.#storeNodes.set(store, node);
		return node;
	}

	#drawRead(): void {
		for (const node of this.#readSinceDrawn) this.#changed.fire(node);
		this.#readSinceDrawn.clear();
	}

	#storeChanged(store: KnownStore): void {
		const node = this.#storeNodes.get(store);
		if (node !== undefined) this.#changed.fire(node);
	}
}

/** Whether there is one store alone. It stands there opened, and is read before it is drawn, so that it is drawn once. */
async function readIfAlone(found: readonly FoundRoot[]): Promise<boolean> {
	const [only, another] = found.flatMap(({ stores }) => stores);
	if (only === undefined || another !== undefined) return false;
	await only.store.read();
	return true;
}

/** The live database of the node whose store it is, where there is one. */
function liveNodes(node: StoreNode): LiveNode[] {
	const { data } = node;
	if (data === undefined || !hasLiveDatabase(data)) return [];
	return [{ kind: "live", id: `${node.id}|live`, directory: data, parent: node }];
}

function message(parent: FolderNode | StoreNode | undefined, text: MessageNode["message"]): MessageNode {
	return { kind: "message", id: `${parent?.id ?? "root"}|${text.reason}`, message: text, parent };
}
