import type { Channel } from "../protocol/rpc";

interface VsCodeApi {
	postMessage(message: unknown): void;
	/** VS Code hands the state to the panel's serializer after a reload of the window. */
	setState(state: object): void;
}

/** Put into every webview by VS Code; can be called once. */
declare function acquireVsCodeApi(): VsCodeApi;

export const vscodeApi: VsCodeApi = acquireVsCodeApi();

/** The channel to the extension. */
export const hostChannel: Channel = {
	post: (message) => vscodeApi.postMessage(message),
	listen: (receive) => {
		const listener = ({ data }: MessageEvent<unknown>) => receive(data);
		window.addEventListener("message", listener);
		return () => window.removeEventListener("message", listener);
	},
};
