import type { PanelState } from "../protocol/page";
import type { Strings } from "./l10n";

/** What the extension writes into the page's HTML, as JSON in the element `#boot`. */
export interface Boot {
	/** Addresses of the engine's worker and of SQLite's WebAssembly. */
	readonly engineWorker: string;
	readonly wasm: string;
	readonly state: PanelState;
	readonly strings?: Strings;
}

export function readBoot(page: Document): Boot {
	const boot: unknown = JSON.parse(page.getElementById("boot")?.textContent ?? "null");
	if (!isBoot(boot)) throw new Error("The page was given no boot data.");
	return boot;
}

function isBoot(value: unknown): value is Boot {
	if (typeof value !== "object" || value === null) return false;
	const { engineWorker, wasm, state } = value as Partial<Boot>;
	return typeof engineWorker === "string" && typeof wasm === "string" && typeof state === "object" && state !== null;
}
