import type { Store } from "../../core/snapshot/model";
import type { Verification } from "../../core/verify/verification";
import type { Depth, Part } from "../../protocol/report";

/** What a worker is started with; it crosses as a structured clone. */
export interface WorkerTask {
	/** Path of the store. */
	readonly directory: string;
	/** As it was listed. */
	readonly store: Store;
	readonly depth: Depth;
	readonly only: Part | undefined;
	/** Path of SQLite's WebAssembly. */
	readonly wasm: string;
}

/** What the worker tells. The last message is `done` or `file-error`; what else it throws ends it. */
export type WorkerMessage =
	| { readonly kind: "progress"; readonly readBytes: number; readonly totalBytes: number }
	| { readonly kind: "done"; readonly verification: Verification }
	/** A `FileError`, whose class a clone would lose. */
	| { readonly kind: "file-error"; readonly code: string; readonly path: string; readonly message: string };
