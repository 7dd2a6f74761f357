import * as vscode from "vscode";
import { DEPTHS, type Depth } from "../protocol/report";
import type { EngineSettings } from "./engine/chooseHome";
import { SETTINGS } from "./ids";

export interface SearchSettings {
	readonly depth: number;
	/** Names or globs of directories that are not entered. */
	readonly exclude: readonly string[];
}

export function searchSettings(folder: vscode.Uri): SearchSettings {
	const configuration = vscode.workspace.getConfiguration(undefined, folder);
	const exclude: unknown = configuration.get(SETTINGS.exclude);
	const depth: unknown = configuration.get(SETTINGS.searchDepth);
	return {
		depth: typeof depth === "number" && depth >= 0 ? Math.floor(depth) : 0,
		exclude: Array.isArray(exclude) ? exclude.filter((pattern) => typeof pattern === "string") : [],
	};
}

/** Directories outside the window's folders, as the user wrote them. */
export function rootSettings(): readonly string[] {
	const roots: unknown = vscode.workspace.getConfiguration().get(SETTINGS.roots);
	return Array.isArray(roots) ? roots.filter((root) => typeof root === "string" && root.trim() !== "") : [];
}

/** How deep stores are verified after they have changed; `undefined` where nobody asked for it. */
export function verifyInBackground(): Depth | undefined {
	const depth: unknown = vscode.workspace.getConfiguration().get(SETTINGS.verifyInBackground);
	return DEPTHS.find((known) => known === depth);
}

/** 0 where nobody asked for polling. */
export function pollSeconds(): number {
	const seconds: unknown = vscode.workspace.getConfiguration().get(SETTINGS.pollSeconds);
	return typeof seconds === "number" && seconds > 0 ? Math.max(1, seconds) : 0;
}

const ENGINES = ["auto", "webview", "host"] as const;
const DEFAULT_WEBVIEW_LIMIT_MIB = 8;

/** Where snapshots are queried. */
export function engineSettings(): EngineSettings {
	const configuration = vscode.workspace.getConfiguration();
	const engine: unknown = configuration.get(SETTINGS.queryEngine);
	const limit: unknown = configuration.get(SETTINGS.webviewLimit);
	const limitMib = typeof limit === "number" && limit >= 0 ? limit : DEFAULT_WEBVIEW_LIMIT_MIB;
	return { engine: ENGINES.find((known) => known === engine) ?? "auto", limitBytes: limitMib * (1 << 20) };
}
