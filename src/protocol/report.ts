import type { LayoutName, SnapshotKind } from "../core/snapshot/model";
import type { Finding, FindingCode } from "../core/verify/finding";
import type { Check, SnapshotVerdict } from "../core/verify/verification";

/** What the page of a verification asks of the extension. Everything crosses as JSON. */
export interface ReportHostFunctions {
	/** What the last verification of the store came to. */
	describe(): Promise<ReportDescription>;
	/** Verifies the whole store anew; ends when that has. */
	verify(depth: Depth): Promise<void>;
	/** Opens a snapshot of the store in its own panel, by its id. */
	openSnapshot(id: string): Promise<void>;
	/** Shows the bytes of a file that a finding is about. Refused for every other file. */
	showBytes(path: string, offset: number): Promise<void>;
	/** Restores a snapshot to a file that is asked for. */
	restore(id: string): Promise<void>;
	/** Runs "Recover store". */
	recover(): Promise<void>;
	/** Puts the report on the clipboard as Markdown. */
	copyMarkdown(): Promise<void>;
	/** Saves a support bundle to a file that is asked for. */
	exportBundle(): Promise<void>;
}

/** What the extension tells the page. */
export interface ReportPageFunctions {
	/** There is another verification, or the store has changed: the page asks `describe` again. */
	reportChanged(): void;
}

/** `quick`: without the databases. `full`: SQLite's own checks of each besides. */
export const DEPTHS = ["quick", "usual", "full"] as const;

export type Depth = (typeof DEPTHS)[number];

export interface ReportDescription {
	/** Workspace-relative or absolute path of the store, for people. */
	readonly store: string;
	/** `undefined` while the store has not been verified in this window. */
	readonly report: Report | undefined;
	/** Whether it is being verified now. */
	readonly running: boolean;
	/** Whether the workspace is trusted, without which nothing is written anywhere. */
	readonly trusted: boolean;
}

export interface Report {
	/** ISO 8601 */
	readonly at: string;
	readonly depth: Depth;
	readonly layout: LayoutName;
	/** The part that was verified; `undefined` for the whole store. */
	readonly only: Part | undefined;
	/** Whether the store is still as it was then. */
	readonly current: boolean;
	readonly checked: readonly Check[];
	readonly notChecked: readonly Check[];
	/** Of the part that was verified, oldest first. */
	readonly generations: readonly ReportGeneration[];
	readonly findings: readonly ReportFinding[];
	/** What the codes of `findings` mean. */
	readonly explanations: Readonly<Partial<Record<FindingCode, Explanation>>>;
}

/** Part of a store, by the name of a generation and the id of a snapshot in it. */
export interface Part {
	readonly generation: string;
	readonly snapshot?: string;
}

export interface ReportGeneration {
	readonly name: string;
	readonly path: string;
	/** Whether it is the newest one. */
	readonly current: boolean;
	/** What its oldest snapshot goes on from: base, and WALs that an interrupted reap left. Empty where that snapshot holds them. */
	readonly foundation: readonly ReportFile[];
	/** Oldest first. */
	readonly snapshots: readonly ReportSnapshot[];
}

export interface ReportSnapshot {
	readonly id: string;
	readonly path: string;
	readonly kind: SnapshotKind;
	/** Decimal, uint64. */
	readonly term: string;
	/** Decimal, uint64. */
	readonly index: string;
	/** ISO 8601, or `undefined`. */
	readonly createdAt: string | undefined;
	/** Its own data, in order. */
	readonly files: readonly ReportFile[];
	readonly verdict: SnapshotVerdict["verdict"];
	/** See `SnapshotVerdict`. */
	readonly upTo: string | undefined;
	/** Position in `Report.findings` of what stands in the way first. */
	readonly cause: number | undefined;
}

export interface ReportFile {
	readonly path: string;
	readonly sizeBytes: number;
}

export interface ReportFinding extends Finding {
	readonly fixes: readonly Fix[];
}

/** What can be done about a finding from here. */
export type Fix =
	| { readonly kind: "show-bytes" }
	/** Of the newest snapshot that comes out byte for byte. */
	| { readonly kind: "restore"; readonly snapshot: string }
	| { readonly kind: "recover" };

/** What a finding's code means, as the README explains it. */
export interface Explanation {
	readonly meaning: string;
	/** What a node does about it at its next start. */
	readonly node: string;
	readonly remedy: string;
}

/** What a panel needs to come back after a reload of the window. */
export interface ReportState {
	/** URI of the store's directory. */
	readonly storeUri: string;
}

/** What the extension writes into the page's HTML. */
export interface ReportBoot {
	readonly state: ReportState;
	/** Translations by their English. */
	readonly strings: Readonly<Record<string, string>>;
}
