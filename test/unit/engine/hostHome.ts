import { existsSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EngineSettings } from "../../../src/extension/engine/chooseHome";
import { type HeldPlace, ServedEngines } from "../../../src/extension/engine/servedEngines";
import type { HostEngineFunctions, PageFunctions } from "../../../src/protocol/page";
import { connect } from "../../../src/protocol/rpc";
import { HostHome } from "../../../src/webview/engine/hostHome";
import { projectRoot } from "../../support/projectRoot";
import { webviewChannels } from "../protocol/channels";

const dist = join(projectRoot, "dist");
export const engineProgram = { script: join(dist, "engineThread.js"), wasm: join(dist, "sql-wasm.wasm") };

const always: EngineSettings = { engine: "host", limitBytes: 0 };

/** Both ends of what joins a page with engines beside the extension, for as long as the running test. */
export function hostHome(directory: string | (() => HeldPlace), program = engineProgram) {
	if (!existsSync(engineProgram.script)) throw new Error('nothing is built: run "npm run build"');
	const [page, extension] = webviewChannels();
	const hold = typeof directory === "string" ? () => ({ directory }) : directory;
	const served = new ServedEngines({ hasPath: true, hold, program, settings: () => always }, extension, (engine) =>
		functions.remote.engineEnded(engine),
	);
	const functions = connect<PageFunctions, HostEngineFunctions>(served.functions, extension);
	const home: HostHome = new HostHome(
		connect<HostEngineFunctions, PageFunctions>(
			{
				storeChanged: () => {},
				runQuery: () => {},
				engineEnded: (engine) => home.ended(engine),
				exportChoice: () => Promise.reject(new Error("no page")),
			},
			page,
		).remote,
		page,
	);
	onTestFinished(() => served.dispose());
	return { home, served };
}
