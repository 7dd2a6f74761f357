/** Everything that `package.json` and the code must call by the same name. A test compares the two. */

export const COMMANDS = {
	openSnapshot: "snapshotStore.openSnapshot",
	openSnapshotWith: "snapshotStore.openSnapshotWith",
	verifyStore: "snapshotStore.verifyStore",
	verifyPart: "snapshotStore.verifyPart",
	verifyAtDepth: "snapshotStore.verifyAtDepth",
	verifyAll: "snapshotStore.verifyAll",
	cancelVerification: "snapshotStore.cancelVerification",
	showReport: "snapshotStore.showReport",
	exportBundle: "snapshotStore.exportBundle",
	explainFinding: "snapshotStore.explainFinding",
	showFindingBytes: "snapshotStore.showFindingBytes",
	refresh: "snapshotStore.refresh",
	copyId: "snapshotStore.copyId",
	reveal: "snapshotStore.reveal",
	restoreSnapshot: "snapshotStore.restoreSnapshot",
	exportRows: "snapshotStore.exportRows",
	exportTables: "snapshotStore.exportTables",
	createSnapshot: "snapshotStore.createSnapshot",
	reapSnapshots: "snapshotStore.reapSnapshots",
	recoverStore: "snapshotStore.recoverStore",
	openSample: "snapshotStore.openSample",
	closeSample: "snapshotStore.closeSample",
} as const;

export const VIEW_CONTAINER = "snapshotStore";
export const STORES_VIEW = "snapshotStore.stores";
export const SNAPSHOT_PANEL = "snapshotStore.snapshot";
export const REPORT_PANEL = "snapshotStore.report";
/** Of the documents that show what a command is about to do. */
export const PLAN_SCHEME = "snapshot-store-plan";

/** Of the file system with the databases of snapshots. */
export const SNAPSHOT_SCHEME = "snapshot";
/** Of the documents that show bytes of a file. */
export const BYTES_SCHEME = "snapshot-store-bytes";
/** Of the documents that explain a finding. */
export const EXPLANATION_SCHEME = "snapshot-store-finding";
/** The command behind a quick fix: not for people to run, and not in the manifest. */
export const APPLY_FIX = "snapshotStore.applyFix";
/** The command behind the rows of the tree: likewise. */
export const OPEN_SELECTED = "snapshotStore.openSelected";

export const SETTINGS = {
	searchDepth: "snapshotStore.search.depth",
	exclude: "snapshotStore.exclude",
	pollSeconds: "snapshotStore.poll.seconds",
	roots: "snapshotStore.roots",
	verifyInBackground: "snapshotStore.verify.inBackground",
	queryEngine: "snapshotStore.query.engine",
	webviewLimit: "snapshotStore.query.webviewLimit",
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
	reap: "reap",
	finding: "finding",
} as const;

/** Set while the last search for stores has not come to its end. */
export const SEARCH_ENDED_EARLY_CONTEXT = "snapshotStore.searchEndedEarly";

/** Set while the sample stands in the tree. */
export const SAMPLE_CONTEXT = "snapshotStore.sampleOpen";
