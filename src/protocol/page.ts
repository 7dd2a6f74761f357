import type { SnapshotKind, StoreFile } from "../core/snapshot/model";
import type { Finding } from "../core/verify/finding";

/** What the page asks of the extension. Everything crosses as JSON and typed arrays (values.ts is not needed here). */
export interface HostFunctions {
	/** The snapshot this panel shows, as it is on disk now. */
	describe(): Promise<SnapshotDescription>;
	/** A piece of one of `SnapshotDescription.files`, by position; at most `MAX_PIECE` bytes. Refused when it changed since. */
	readFile(file: number, offset: number, length: number): Promise<Uint8Array>;
	/** Opens another snapshot of the same store in its own panel. */
	openSnapshot(id: string): Promise<void>;
	/** Runs "Verify snapshot store" on this panel's store. */
	verifyStore(): Promise<void>;
	copyText(text: string): Promise<void>;
}

/** What the extension tells the page. */
export interface PageFunctions {
	/** The store changed on disk: the page asks `describe` again and says what is new. */
	storeChanged(): void;
}

export const MAX_PIECE = 1 << 20;

export interface SnapshotDescription {
	/** Workspace-relative or absolute path of the store, for people. */
	readonly store: string;
	readonly generation: string;
	readonly id: string;
	/** Decimal, uint64. */
	readonly term: string;
	/** Decimal, uint64. */
	readonly index: string;
	readonly kind: SnapshotKind;
	/** ISO 8601, or `undefined`. */
	readonly createdAt: string | undefined;
	/** Id of the newest snapshot of the store; equal to `id` when this is it. */
	readonly newest: string;
	/** Whether the snapshot is still on disk. */
	readonly present: boolean;
	/** Base first, then the WALs in order. Empty when the chain is incomplete. */
	readonly files: readonly StoreFile[];
	/** How many of the WALs an interrupted reap left between base and the oldest snapshot. */
	readonly pending: number;
	/** See `Generation`. */
	readonly compacted?: boolean | undefined;
	/** Findings on this snapshot and what it stands on, known from the listing alone. Errors here: the chain is incomplete. */
	readonly findings: readonly Finding[];
}

/** What a panel needs to come back after a reload of the window; kept by the page with `setState`. */
export interface PanelState {
	/** URI of the store's directory. */
	readonly storeUri: string;
	readonly snapshot: string;
}

/** What the extension writes into the page's HTML, as JSON in the element `#boot`. */
export interface PageBoot {
	/** Addresses, as the webview sees them, of the engine's worker and of SQLite's WebAssembly. */
	readonly engineWorker: string;
	readonly wasm: string;
	readonly state: PanelState;
	/** Translations by their English; none where VS Code's language is English, or has none. */
	readonly strings: Readonly<Record<string, string>>;
}
