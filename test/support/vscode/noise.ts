/** What VS Code's server says about how it is run here: without its native modules, its service worker, its updates. */
const NOISE: readonly RegExp[] = [
	// Its rotating log file and its watchdog are native modules, which nobody compiled.
	/Could not locate the bindings file.*@vscode\/spdlog/s,
	/Cannot find module '\.\/build\/Release\/watchdog'/,
	/Timed out waiting for authentication provider 'github' to register/,
	// Files that code-server's own front would serve, or that only Microsoft's build has.
	/status of 404 .*\/_static\/src\/browser\/media\/(favicon|favicon-dark-support|templates\.png)/,
	/status of 404 .*\/node_modules\/vsda\//,
	/status of 404 .*\/update\/check/,
	/Failed to register a ServiceWorker .*\/_static\/out\/browser\/serviceWorker\.js/,
	/^A bad HTTP response code \(404\) was received when fetching the script\. \(\)$/,
	// A tree that draws a node anew, and its parent at the same time.
	/TreeError \[[^\]]*\] Data tree node not found/,
	// A window that is reloaded.
	/Unable to write file 'vscode-log:.*IndexedDB database 'vscode-web-db' is closed/,
	/\[lifecycle\] Long running operations during shutdown are unsupported in the web/,
];

/** Whether a logged message is VS Code's own and not about us. */
export function isVscodeNoise(message: string): boolean {
	return NOISE.some((pattern) => pattern.test(message));
}
