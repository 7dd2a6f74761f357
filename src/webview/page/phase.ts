import type { ChainReport, SchemaObject } from "../../protocol/engine";
import type { EngineSession } from "../engine/engineSession";

/** How far the snapshot has come from its files to an open database. */
export type Phase =
	| { readonly name: "describing" }
	/** The snapshot is no longer in the store: there is nothing to open. */
	| { readonly name: "gone" }
	/** A file of the chain is missing, and nothing is open. Up to `upTo` it could be, where the description has one. */
	| { readonly name: "incomplete" }
	/** So much to read that the user is asked first. */
	| { readonly name: "large"; readonly totalBytes: number }
	| {
			readonly name: "reading";
			readonly readBytes: number;
			readonly totalBytes: number;
			/** From 1; more when files changed while they were read. */
			readonly attempt: number;
	  }
	/** The user stopped the reading. */
	| { readonly name: "stopped" }
	| { readonly name: "opening" }
	/** The chain is damaged, and nothing is open. `canOpen`: up to the last sound commit it could be. */
	| { readonly name: "damaged"; readonly report: ChainReport; readonly canOpen: boolean }
	| {
			readonly name: "open";
			readonly report: ChainReport;
			readonly engine: EngineSession;
			readonly objects: readonly SchemaObject[];
	  }
	| { readonly name: "failed"; readonly message: string };

/** Reading more than this asks first: bytes reach the page at 8 to 14 MB/s where VS Code runs in a browser. */
export const ASK_ABOVE_BYTES = 256 << 20;
