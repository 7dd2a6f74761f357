import type { MembershipChange } from "../../core/snapshot/membership";
import type { Generation, PendingReap, ReapStep, Snapshot } from "../../core/snapshot/model";
import type { Finding, Severity } from "../../core/verify/finding";
import type { SnapshotVerdict } from "../../core/verify/verification";
import type { KnownDataDirectory } from "../stores/dataDirectory";
import type { ReadView, StoreView } from "../stores/knownStore";

/** What stands in the tree: plain data. Ids stay the same as long as the thing does, so that the tree keeps its place. */
export type TreeNode =
	| FolderNode
	| StoreNode
	| LiveNode
	| GenerationNode
	| SnapshotNode
	| ReapNode
	| ReapStepNode
	| FindingNode
	| MessageNode;

/** A root, where there is more than one. */
export interface FolderNode {
	readonly kind: "folder";
	readonly id: string;
	readonly uri: string;
	readonly name: string;
	/** Where it lies, if its name alone does not tell. */
	readonly place: string | undefined;
	readonly parent: undefined;
}

export interface StoreNode {
	readonly kind: "store";
	readonly id: string;
	readonly uri: string;
	/** Path below its root; the root's name for the root itself. */
	readonly name: string;
	readonly sample: boolean;
	/** `database`: a node's data directory that holds no store but a live database. */
	readonly holds: "store" | "database";
	/** Whether it is the only one, and so the one that was looked for. */
	readonly only: boolean;
	/** `undefined` until it was opened. */
	readonly view: StoreView | undefined;
	/** The data directory that it lies in, or is. */
	readonly data: KnownDataDirectory | undefined;
	readonly parent: FolderNode | undefined;
}

/** The live database of a node. */
export interface LiveNode {
	readonly kind: "live";
	readonly id: string;
	readonly directory: KnownDataDirectory;
	readonly parent: StoreNode;
}

export interface GenerationNode {
	readonly kind: "generation";
	readonly id: string;
	readonly generation: Generation;
	/** What was known of the store when the node was made. */
	readonly view: ReadView;
	/** On the generation itself. */
	readonly findings: readonly Finding[];
	/** The worst of it and its snapshots. */
	readonly health: Severity | undefined;
	readonly parent: StoreNode;
}

export interface SnapshotNode {
	readonly kind: "snapshot";
	readonly id: string;
	readonly snapshot: Snapshot;
	/** On the snapshot itself. */
	readonly findings: readonly Finding[];
	/** The worst of it and of what its chain inherits. */
	readonly health: Severity | undefined;
	/** What its verification came to; `undefined` until it has been verified as it is now. */
	readonly verdict: SnapshotVerdict | undefined;
	/** What makes it unrestorable though it lies with another part of the store. */
	readonly inherited: readonly Finding[];
	readonly newest: boolean;
	/** What of Raft's servers is first seen here. */
	readonly membership: readonly MembershipChange[];
	readonly parent: GenerationNode;
}

/** A reap that was cut short, and that the store's node finishes at its next start. */
export interface ReapNode {
	readonly kind: "reap";
	readonly id: string;
	readonly reap: PendingReap;
	readonly parent: StoreNode;
}

export interface ReapStepNode {
	readonly kind: "reap-step";
	readonly id: string;
	readonly step: ReapStep;
	/** From 1. */
	readonly number: number;
	readonly parent: ReapNode;
}

export interface FindingNode {
	readonly kind: "finding";
	readonly id: string;
	readonly finding: Finding;
	readonly parent: StoreNode | GenerationNode | SnapshotNode;
}

export interface MessageNode {
	readonly kind: "message";
	readonly id: string;
	readonly message: Message;
	readonly parent: FolderNode | StoreNode | undefined;
}

export type Message =
	| { readonly reason: "no-store" }
	| { readonly reason: "no-snapshot" }
	| { readonly reason: "search-incomplete"; readonly directories: number }
	| { readonly reason: "no-store-yet" }
	| { readonly reason: "unreadable"; readonly detail: string };

const KINDS: ReadonlySet<unknown> = new Set<TreeNode["kind"]>([
	"folder",
	"store",
	"live",
	"generation",
	"snapshot",
	"reap",
	"reap-step",
	"finding",
	"message",
]);

/** Whether what a command was called with is a node: a menu of the tree gives one, everything else does not. */
export function isTreeNode(value: unknown): value is TreeNode {
	return typeof value === "object" && value !== null && "kind" in value && "id" in value && KINDS.has(value.kind);
}

/** The store that a node stands in, or `undefined` above one. */
export function storeOf(node: TreeNode): StoreNode | undefined {
	let at: TreeNode | undefined = node;
	while (at !== undefined && at.kind !== "store") at = at.parent;
	return at;
}
