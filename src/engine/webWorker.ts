import { connect } from "../protocol/rpc";
import { LocalEngine } from "./localEngine";
import { openBytes } from "./openBytes";
import { loadSqlite } from "./sqlite";

/**
 * The engine in the page's web worker. The first message brings the bytes of `sql-wasm.wasm`: the page fetches them,
 * because a fetch from inside a worker of a webview may never end. Everything after it is calls of `EngineOver<ChainBytes>`.
 */
declare const self: DedicatedWorkerGlobalScope;

self.addEventListener(
	"message",
	({ data: { wasm } }: MessageEvent<{ readonly wasm: ArrayBuffer }>) => {
		connect(new LocalEngine(loadSqlite(wasm), openBytes), {
			post: (message) => self.postMessage(message),
			listen(receive) {
				self.addEventListener("message", ({ data }) => receive(data));
				return () => self.close();
			},
		});
	},
	{ once: true },
);
