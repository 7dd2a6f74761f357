import { readStore, storeFindings } from "../../../src/core/snapshot/catalog";
import type { Finding } from "../../../src/core/verify/finding";
import type { ServedStore } from "../../../src/extension/panel/servedSnapshot";
import { nodeFiles } from "../../../src/node/nodeFiles";

/** A store's directory as the extension knows it, without its window. `found` is told what a page found in it. */
export function servedStore(directory: string, found: (findings: readonly Finding[]) => void = () => {}): ServedStore {
	const files = nodeFiles(directory);
	return {
		files,
		refresh: async () => {
			try {
				const store = await readStore(files);
				return { state: "read", store, findings: storeFindings(store), verified: false };
			} catch (error) {
				return { state: "unreadable", message: error instanceof Error ? error.message : String(error) };
			}
		},
		addFindings: (_, findings) => found(findings),
	};
}
