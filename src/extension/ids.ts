/** Everything that `package.json` and the code must call by the same name. A test compares the two. */

export const COMMANDS = {
	openSnapshot: "snapshotStore.openSnapshot",
	verifyStore: "snapshotStore.verifyStore",
	refresh: "snapshotStore.refresh",
	copyId: "snapshotStore.copyId",
	reveal: "snapshotStore.reveal",
	restoreSnapshot: "snapshotStore.restoreSnapshot",
	createSnapshot: "snapshotStore.createSnapshot",
	reapSnapshots: "snapshotStore.reapSnapshots",
	recoverStore: "snapshotStore.recoverStore",
	openSample: "snapshotStore.openSample",
	closeSample: "snapshotStore.closeSample",
} as const;

export const VIEW_CONTAINER = "snapshotStore";
export const STORES_VIEW = "snapshotStore.stores";
export const SNAPSHOT_PANEL = "snapshotStore.snapshot";
/** Of the documents that show what a command is about to do. */
export const PLAN_SCHEME = "snapshot-store-plan";

export const SETTINGS = {
	searchDepth: "snapshotStore.search.depth",
	exclude: "snapshotStore.exclude",
	pollSeconds: "snapshotStore.poll.seconds",
	roots: "snapshotStore.roots",
} as const;

/** What a menu's `when` clause sees of a tree node. */
export const CONTEXT_VALUES = {
	store: "store",
	/** Of a layout that only its own node changes; known once the store has been read. */
	readOnlyStore: "store.readOnly",
	sampleStore: "store.sample",
	generation: "generation",
	snapshot: "snapshot",
	dataDirectory: "dataDirectory",
	live: "live",
	finding: "finding",
} as const;

/** Set while the last search for stores has not come to its end. */
export const SEARCH_ENDED_EARLY_CONTEXT = "snapshotStore.searchEndedEarly";

/** Set while the sample stands in the tree. */
export const SAMPLE_CONTEXT = "snapshotStore.sampleOpen";
