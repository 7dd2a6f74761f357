import * as vscode from "vscode";
import { DEPTHS, type Depth } from "../protocol/report";
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
