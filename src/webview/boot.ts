import type { PanelState } from "../protocol/page";
import type { Strings } from "./l10n";

/** What the extension writes into the page's HTML, as JSON in the element `#boot`. */
export interface Boot {
	/** Addresses of the engine's worker and of SQLite's WebAssembly. */
	readonly engineWorker: string;
	readonly wasm: string;
	readonly state: PanelState;
	readonly strings: Strings;
}

export function readBoot(page: Document): Boot {
	const boot: unknown = JSON.parse(page.getElementById("boot")?.textContent ?? "null");
	if (!isBoot(boot)) throw new Error("The page was given no boot data.");
	return boot;
}

function isBoot(value: unknown): value is Boot {
	if (!isObject(value)) return false;
	const { engineWorker, wasm, state, strings } = value as Partial<Boot>;
	return typeof engineWorker === "string" && typeof wasm === "string" && isObject(state) && isObject(strings);
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
