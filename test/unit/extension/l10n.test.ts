import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../support/projectRoot";

/** The bundle is written by this test, with `vitest run --update`. */
test("every text that the extension and its page show is there to be translated, and nothing else is", async () => {
	const used = new Set(
		["src/core/format", "src/extension", "src/webview"].flatMap((folder) => sources(folder).flatMap(textsOf)),
	);
	const bundle = Object.fromEntries([...used].sort().map((text) => [text, text]));
	const file = join(projectRoot, "media/l10n/bundle.l10n.json");
	await expect(`${JSON.stringify(bundle, null, "\t")}\n`).toMatchFileSnapshot(file);
});

function sources(folder: string): string[] {
	const root = join(projectRoot, folder);
	const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
	return names.map((name) => readFileSync(join(root, name), "utf8"));
}

/** The first argument of each call of `t`, which is always a literal, in the quotes that need no escape. */
function textsOf(source: string): string[] {
	const calls = source.matchAll(/\bt\(\s*(?:("(?:[^"\\]|\\.)*")|'([^'\\]*)')/g);
	return [...calls].map(([, double, single]) => single ?? String(JSON.parse(double ?? "")));
}
