import { homedir } from "node:os";
import { basename } from "node:path";
import * as vscode from "vscode";
import { rootSettings } from "../settings";
import { absolutePath } from "./absolutePath";
import type { StoreRoot } from "./storeRoot";

/** The directories outside the window's folders that the settings name; what names none is left out. */
export function settingRoots(): readonly StoreRoot[] {
	const paths = new Set(rootSettings().flatMap((setting) => absolutePath(setting.trim(), homedir()) ?? []));
	return [...paths].map((path) => ({ uri: vscode.Uri.file(path), name: basename(path) || path, kind: "setting" }));
}
