import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageExtension } from "../../support/packageExtension";
import type { Limit } from "../limit";

/** What a user downloads. */
export const packageSize: Limit = {
	name: "size of the `.vsix`",
	goal: 2e6,
	text: (bytes) => `${(bytes / 1e6).toFixed(2)} MB`,
	async measure() {
		const directory = mkdtempSync(join(tmpdir(), "bench-"));
		try {
			return [statSync(await packageExtension(directory)).size];
		} finally {
			rmSync(directory, { recursive: true });
		}
	},
};
