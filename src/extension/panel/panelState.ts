import type { PanelState } from "../../protocol/page";

/** What VS Code kept of a panel over a reload, or `undefined` when it is not what this version keeps. */
export function parsePanelState(value: unknown): PanelState | undefined {
	if (typeof value !== "object" || value === null || !("storeUri" in value) || !("snapshot" in value)) return undefined;
	const { storeUri, snapshot } = value;
	if (typeof storeUri !== "string" || typeof snapshot !== "string" || storeUri === "" || snapshot === "")
		return undefined;
	return { storeUri, snapshot };
}
