import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { beforeAll, expect, test } from "vitest";
import { contributes } from "../../package.json";
import { packageExtension } from "../support/packageExtension";
import { projectRoot } from "../support/projectRoot";

beforeAll(() => {
	if (!existsSync(join(projectRoot, "dist", "extension.js"))) throw new Error('nothing is built: run "npm run build"');
});

test("the package holds these files, and no others", async () => {
	const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
	const sample = /^dist\/sample\/(README\.md|.+\/generations\/\d{10}\/(base\.sqlite|\d+-\d+-\d+\/(meta\.json|wal)))$/;
	const translation = /^(media\/l10n\/bundle\.l10n|package\.nls)(\.[\w-]+)?\.json$/;
	const pictures = contributes.walkthroughs.flatMap(({ steps }) =>
		steps.flatMap(({ media }) => Object.values(media.image)),
	);
	expect(files.filter((file) => file.startsWith("media/walkthrough/")).sort()).toEqual([...new Set(pictures)].sort());
	const others = files.filter((file) => !sample.test(file) && !translation.test(file) && !pictures.includes(file));
	expect(others.sort()).toEqual([
		"CHANGELOG.md",
		"LICENSE",
		"README.md",
		"dist/engineThread.js",
		"dist/engineWorker.js",
		"dist/exportThread.js",
		"dist/extension.js",
		"dist/lib/papaparse.js",
		"dist/lib/proper-lockfile.js",
		"dist/lib/protobuf.js",
		"dist/lib/sql.js.js",
		"dist/page.js",
		"dist/report.js",
		"dist/sql-wasm.wasm",
		"dist/verifyWorker.js",
		"media/activity-bar.svg",
		"media/icon.png",
		"media/screenshot.png",
		"media/snapshot-dark.svg",
		"media/snapshot-light.svg",
		"package.json",
	]);
	expect(files.some((file) => sample.test(file))).toBe(true);
});

test("the package is at most 2 MB", async () => {
	const directory = mkdtempSync(join(tmpdir(), "snapshot-store-package-"));
	try {
		expect(statSync(await packageExtension(directory)).size).toBeLessThanOrEqual(2_000_000);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}, 60_000);
