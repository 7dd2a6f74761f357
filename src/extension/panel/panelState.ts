import { MAX_KEPT_SQL, type PanelState } from "../../protocol/page";

/** What VS Code kept of a panel over a reload, or `undefined` when it is not what this version keeps. */
export function parsePanelState(value: unknown): PanelState | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	const { storeUri, snapshot, sql } = value as Partial<Record<keyof PanelState, unknown>>;
	if (!isText(storeUri) || !isText(snapshot) || storeUri === "" || snapshot === "") return undefined;
	return { storeUri, snapshot, ...(isText(sql) && sql.length <= MAX_KEPT_SQL ? { sql } : {}) };
}

function isText(value: unknown): value is string {
	return typeof value === "string";
}
