import type { EngineChoice, SnapshotDescription } from "../../protocol/page";

export interface EngineSettings {
	readonly engine: "auto" | "webview" | "host";
	/** See `EngineChoice`. */
	readonly limitBytes: number;
}

/** Where the engine of a snapshot's page is to run. `hasPath`: whether Node can open its files. */
export function chooseHome(
	{ files }: Pick<SnapshotDescription, "files">,
	{ engine, limitBytes }: EngineSettings,
	hasPath: boolean,
): EngineChoice {
	if (!hasPath) return { home: "webview", because: "no-path", limitBytes };
	if (engine !== "auto") return { home: engine, because: "setting", limitBytes };
	const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
	return { home: sizeBytes > limitBytes ? "host" : "webview", because: "size", limitBytes };
}
