// The engine beside the extension: SQLite over files that the extension holds open. Built on its own.

import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { LocalEngine } from "../../engine/localEngine";
import { loadSqlite } from "../../engine/sqlite";
import { type HeldChain, openHeldChain } from "../../node/heldChain";
import { LogIndex } from "../../node/logIndex";
import { connect } from "../../protocol/rpc";

/** What the thread is started with; it crosses as a structured clone. */
export interface EngineTask {
	readonly chain: HeldChain;
	/** Path of SQLite's WebAssembly. */
	readonly wasm: string;
	/** Path of a directory for what is known of logs; `undefined` where nothing is to be kept. */
	readonly logIndex: string | undefined;
}

const { chain, wasm, logIndex } = workerData as EngineTask;
// A log that a node goes on writing is another one at every opening.
const isLive = chain.wals.some(({ logHeader }) => logHeader !== undefined);
const known = logIndex === undefined || isLive ? undefined : new LogIndex(logIndex);

connect(
	new LocalEngine<null>(readFile(wasm).then(loadSqlite), async () => ({ ...(await openHeldChain(chain)), known })),
	{
		post: (message) => parentPort?.postMessage(message),
		listen(receive) {
			parentPort?.on("message", receive);
			return () => parentPort?.off("message", receive);
		},
	},
);
