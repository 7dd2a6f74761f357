import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty directory that goes with the running test. */
export function temporaryDirectory(): string {
	const directory = realpathSync(mkdtempSync(join(tmpdir(), "snapshot-store-")));
	onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
	return directory;
}
