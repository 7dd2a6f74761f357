import { MessageChannel, type MessagePort } from "node:worker_threads";
import { onTestFinished } from "vitest";
import type { Channel } from "../../../src/protocol/rpc";

/** Two ends of a channel. What is posted at one is heard at the other. */
export type Channels = readonly [Channel, Channel];

/** As between a window and its worker: a structured clone. */
function workerChannels(): Channels {
	const { port1, port2 } = new MessageChannel();
	const end = (port: MessagePort): Channel => ({
		post: (message) => port.postMessage(message),
		listen(receive) {
			port.on("message", receive);
			return () => port.off("message", receive);
		},
	});
	onTestFinished(() => port1.close());
	return [end(port1), end(port2)];
}

/** As between VS Code's extension host and a webview: JSON, beside which typed arrays travel as they are. */
export function webviewChannels(): Channels {
	const listeners = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()] as const;
	const end = (own: 0 | 1): Channel => ({
		post(message) {
			const copy = jsonCopy(message);
			setImmediate(() => {
				for (const receive of listeners[own === 0 ? 1 : 0]) receive(copy);
			});
		},
		listen(receive) {
			listeners[own].add(receive);
			return () => listeners[own].delete(receive);
		},
	});
	return [end(0), end(1)];
}

function jsonCopy(message: unknown): unknown {
	const arrays: Uint8Array[] = [];
	const text = JSON.stringify(message, (_, value: unknown) =>
		value instanceof Uint8Array ? { array: arrays.push(value.slice()) - 1 } : value,
	);
	return JSON.parse(text, (_, value: unknown) =>
		typeof value === "object" && value !== null && "array" in value && typeof value.array === "number"
			? arrays[value.array]
			: value,
	);
}

/** Every kind of channel that the product has, by name. */
export const kindsOfChannels = [
	["a worker's", workerChannels],
	["a webview's", webviewChannels],
] as const;
