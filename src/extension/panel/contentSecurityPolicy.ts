/**
 * What the page may do: nothing by default; scripts by a nonce, and SQLite's WebAssembly; workers from a blob, because
 * a page in VS Code may not start one from its own resources; styles of ours; images and fonts of ours.
 *
 * @param source `webview.cspSource`
 */
export function contentSecurityPolicy(source: string, nonce: string): string {
	return [
		"default-src 'none'",
		`script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
		"worker-src blob:",
		`style-src ${source} 'nonce-${nonce}'`,
		`connect-src ${source}`,
		`font-src ${source}`,
		`img-src ${source} data: blob:`,
	].join("; ");
}
