import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Channel } from "../../protocol/rpc";
import { html, type PageContent } from "./html";

/**
 * Puts a page into a webview.
 *
 * @param script Name of its script in `dist`.
 * @param boot Makes what the page is started with, given how to make addresses of files in `dist`.
 */
export function showPage(
	{ webview }: vscode.WebviewPanel,
	extension: vscode.Uri,
	{ script, ...content }: PageContent & { readonly script: string },
	boot: (address: (file: string) => string) => object,
): void {
	const dist = vscode.Uri.joinPath(extension, "dist");
	const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
	webview.options = { enableScripts: true, localResourceRoots: [dist, vscode.Uri.joinPath(extension, "media")] };
	const nonce = randomBytes(24).toString("base64");
	const addresses = { source: webview.cspSource, script: address(script), nonce, language: vscode.env.language };
	webview.html = html(addresses, content, boot(address));
}

/** The messages between the extension and a webview's page. */
export function channelOf(webview: vscode.Webview): Channel {
	return {
		post: (message) => void webview.postMessage(message),
		listen: (receive) => {
			const listening = webview.onDidReceiveMessage(receive);
			return () => listening.dispose();
		},
	};
}
