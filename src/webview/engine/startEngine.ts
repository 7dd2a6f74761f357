import type { ChainBytes, EngineOver } from "../../protocol/engine";
import { connect } from "../../protocol/rpc";
import type { StartEngine } from "./engineSession";

/**
 * Starts engines in web workers, for chains whose bytes they are given. A webview refuses a worker by the extension's address, so the script is fetched here
 * and run from a blob; the WebAssembly is fetched here too, and its bytes are the worker's first message.
 */
export function workerEngines(scriptUrl: string, wasmUrl: string): (chain: ChainBytes) => StartEngine {
	let parts: Promise<readonly [string, ArrayBuffer]> | undefined;
	const fetchParts = async () => {
		const [script, wasm] = await Promise.all([fetchOk(scriptUrl), fetchOk(wasmUrl)]);
		return [URL.createObjectURL(await script.blob()), await wasm.arrayBuffer()] as const;
	};
	return (chain) => async (failed) => {
		parts ??= fetchParts();
		const [url, wasm] = await parts;
		const worker = new Worker(url);
		const { remote, close } = connect<EngineOver<ChainBytes>, object>(
			{},
			{
				post: (message) => worker.postMessage(message),
				listen: (receive) => {
					worker.addEventListener("message", ({ data }) => receive(data));
					return () => worker.terminate();
				},
			},
		);
		worker.addEventListener("error", () => {
			close();
			failed();
		});
		worker.postMessage({ wasm });
		return { open: (options) => remote.open(chain, options), functions: remote, end: close };
	};
}

async function fetchOk(url: string): Promise<Response> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
	return response;
}
