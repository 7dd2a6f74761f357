import { connect } from "../protocol/rpc";
import { LocalEngine } from "./localEngine";
import { loadSqlite } from "./sqlite";

/**
 * The engine in the page's web worker. The first message brings the bytes of `sql-wasm.wasm`: the page fetches them,
 * because a fetch from inside a worker of a webview may never end. Everything after it is calls of `EngineFunctions`.
 */
declare const self: DedicatedWorkerGlobalScope;

self.addEventListener(
	"message",
	(event: MessageEvent<{ readonly wasm: ArrayBuffer }>) => {
		// Calls may come while SQLite starts: they are kept, in order.
		const early: unknown[] = [];
		let receive = (message: unknown): void => {
			early.push(message);
		};
		self.addEventListener("message", ({ data }) => receive(data));
		void loadSqlite(event.data.wasm).then((sqlite) => {
			connect(new LocalEngine(sqlite), {
				post: (message) => self.postMessage(message),
				listen(listener) {
					receive = listener;
					for (const message of early) listener(message);
					return () => self.close();
				},
			});
		});
	},
	{ once: true },
);
