// The engine beside the extension: SQLite over files that the extension holds open. Built on its own.

import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { LocalEngine } from "../../engine/localEngine";
import { loadSqlite } from "../../engine/sqlite";
import { type HeldChain, openHeldChain } from "../../node/heldChain";
import { connect } from "../../protocol/rpc";

/** What the thread is started with; it crosses as a structured clone. */
export interface EngineTask {
	readonly chain: HeldChain;
	/** Path of SQLite's WebAssembly. */
	readonly wasm: string;
}

const { chain, wasm } = workerData as EngineTask;

connect(new LocalEngine<null>(readFile(wasm).then(loadSqlite), () => openHeldChain(chain)), {
	post: (message) => parentPort?.postMessage(message),
	listen(receive) {
		parentPort?.on("message", receive);
		return () => parentPort?.off("message", receive);
	},
});
