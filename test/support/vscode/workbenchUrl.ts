import { pathToFileURL } from "node:url";
import type { Server } from "./startServer";

export interface WorkbenchOptions {
	/** Absolute path; without it the server's default folder opens. */
	readonly folder?: string;
	/** Absolute path of an extension's working tree, loaded without being installed. */
	readonly developmentExtension?: string;
	/** Absolute path of a CommonJS file that exports `run(): Promise<void>`; its end is the window's `codeAutomationExit`. */
	readonly tests?: string;
}

/** The address of a workbench window. */
export function workbenchUrl(server: Server, options: WorkbenchOptions): string {
	const url = new URL(server.origin);
	const remote = (path: string) => `vscode-remote://${url.host}${pathToFileURL(path).pathname}`;
	const payload: [string, string][] = [];
	if (options.developmentExtension !== undefined)
		payload.push(["extensionDevelopmentPath", remote(options.developmentExtension)]);
	if (options.tests !== undefined) payload.push(["extensionTestsPath", remote(options.tests)]);
	url.searchParams.set("tkn", server.token);
	if (options.folder !== undefined) url.searchParams.set("folder", options.folder);
	url.searchParams.set("payload", JSON.stringify(payload));
	// What a query may hold as it is, people should be able to read.
	return url.href.replace(/%(2F|3A|2C)/g, decodeURIComponent);
}
