import type { MembershipChange } from "../core/snapshot/membership";
import type { LayoutName, RaftServer, SnapshotKind, StoreFile } from "../core/snapshot/model";
import type { Finding } from "../core/verify/finding";
import type { KeptLayout } from "./columnLayouts";
import type { PageQuery } from "./pageQuery";

/** What the page asks of the extension. Everything crosses as JSON and typed arrays (values.ts is not needed here). */
export interface HostFunctions {
	/** The snapshot this panel shows, as it is on disk now. Refused with the code `gone` when it was not there at any time. */
	describe(): Promise<SnapshotDescription>;
	/**
	 * A piece of one of `SnapshotDescription.files`, by position; at most `MAX_PIECE` bytes. Refused with the code `changed`
	 * or `vanished` when the file is no longer the one that was described.
	 */
	readFile(file: number, offset: number, length: number): Promise<Uint8Array>;
	/** Opens another snapshot of the same store in its own panel, by its id or `latest`. */
	openSnapshot(id: string): Promise<void>;
	/** What opening the files has shown; the store's node in the tree is going to tell of it. */
	reportFindings(findings: readonly Finding[]): Promise<void>;
	/** Runs "Verify snapshot store" on this panel's store. */
	verifyStore(): Promise<void>;
	copyText(text: string): Promise<void>;
	/** Asks where a value is to be saved, and writes it there; `name` is a proposal. */
	saveValue(name: string, bytes: Uint8Array): Promise<void>;
	/** Asks what is to be exported, how and where, and does it. */
	exportRows(choice: ExportChoice): Promise<void>;
	/** Restores the snapshot to a file that is asked for. */
	restoreSnapshot(): Promise<void>;
}

export interface ExportedQuery {
	readonly sql: string;
	readonly parameters: Uint8Array;
}

/** What of a page there is to export, besides every table. */
export interface ExportChoice {
	/** The statements in the SQL field, with the values of their parameters, as `encodeRow` makes them. */
	readonly queries: readonly ExportedQuery[];
	/** The table or view that is chosen. */
	readonly object: string | undefined;
	/** Whether the snapshot was opened although it is not whole. */
	readonly partial: boolean;
}

/** Engines beside the extension, for pages whose engine has its home there. */
export interface HostEngineFunctions {
	/**
	 * Opens the files that were described last and holds them for engines, in place of those held before. Refused with the
	 * code `changed` or `not-found` when one is no longer the file that was described.
	 */
	holdFiles(): Promise<void>;
	/** Starts an engine over them under a number of the page's choice; its own messages go over `engineChannel`. */
	startEngine(engine: number): Promise<void>;
	/** Ends it, whatever it is doing. */
	endEngine(engine: number): Promise<void>;
}

/** The name of the conversation with an engine beside the extension: calls of `EngineOver<null>`. */
export function engineChannel(engine: number): string {
	return `engine ${engine}`;
}

/** What the extension tells the page. */
export interface PageFunctions {
	/** An engine beside the extension has ended by itself. */
	engineEnded(engine: number): void;
	/** The store changed on disk: the page asks `describe` again and says what is new. */
	storeChanged(): void;
	/** What there is to export now. */
	exportChoice(): Promise<ExportChoice>;
	/** Runs a query once the database is open, in place of what is in the SQL field. */
	runQuery(query: PageQuery): void;
}

export const MAX_PIECE = 1 << 20;

export interface SnapshotDescription {
	/** Workspace-relative or absolute path of the store, for people. */
	readonly store: string;
	readonly layout: LayoutName;
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
	/**
	 * Id of the snapshot that `files` make: this one, or where its chain lacks a file the newest before it that is whole;
	 * `undefined` when there is none.
	 */
	readonly upTo: string | undefined;
	/** Base first, then the WALs in order. Empty without `upTo`. */
	readonly files: readonly StoreFile[];
	/** How many of the WALs an interrupted reap left between base and the oldest snapshot. */
	readonly pending: number;
	/** See `Generation`. */
	readonly compacted?: boolean | undefined;
	/** Findings on this snapshot and what it stands on, known from the listing alone. */
	readonly findings: readonly Finding[];
	readonly raft: RaftDescription;
	/** Where its engine is to run; in the page where nothing is said. */
	readonly engine?: EngineChoice;
	/** Whether it is no snapshot but the live database of a node, whose files change at any time. */
	readonly live?: boolean;
}

/** `webview`: in the page, over bytes that are read into it. `host`: beside the extension, over its open files. */
export type EngineHomeName = "webview" | "host";

/** Where an engine runs, and why there. */
export interface EngineChoice {
	readonly home: EngineHomeName;
	/** The size of the files; the user's setting; that Node has no path to them. */
	readonly because: "size" | "setting" | "no-path";
	/** Files that together are larger are queried beside the extension, unless the setting says otherwise. */
	readonly limitBytes: number;
}

/** What a snapshot's `meta.json` says of Raft's servers, and how that came about. */
export interface RaftDescription {
	/** Decimal, uint64; `undefined` when it could not be read. */
	readonly configurationIndex: string | undefined;
	/** Empty when they could not be read. */
	readonly servers: readonly RaftServer[];
	/** From the store's oldest snapshot to this one, oldest first: the last `MAX_CHANGES` of them. */
	readonly changes: readonly MembershipChange[];
	/** How many there are before those. */
	readonly earlierChanges: number;
}

export const MAX_CHANGES = 200;

/** What a panel needs to come back after a reload of the window; kept by the page with `setState`. */
export interface PanelState {
	/** URI of the store's directory. */
	readonly storeUri: string;
	readonly snapshot: string;
	/** The text of the SQL field, unless it is longer than `MAX_KEPT_SQL`. */
	readonly sql?: string;
}

/** Characters of a query that are kept over a reload at most. */
export const MAX_KEPT_SQL = 100_000;

/** What the extension writes into the page's HTML, as JSON in the element `#boot`. */
export interface PageBoot {
	/** Addresses, as the webview sees them, of the engine's worker and of SQLite's WebAssembly. */
	readonly engineWorker: string;
	readonly wasm: string;
	readonly state: PanelState;
	/** To be run once the database is open. */
	readonly query?: PageQuery | undefined;
	/** How the columns of the store's tables were arranged, those of last first. */
	readonly layouts?: readonly KeptLayout[];
	/** Translations by their English; none where VS Code's language is English, or has none. */
	readonly strings: Readonly<Record<string, string>>;
}
