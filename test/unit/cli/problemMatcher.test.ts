import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import manifest from "../../../package.json";
import { flipBit } from "../../support/stores/damage";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { snapstore } from "./snapstore";

const { problemMatchers, problemPatterns } = manifest.contributes;

/** Two stores, with a finding of each severity. */
function damagedStores(): string {
	const directory = temporaryDirectory();
	const [, second, third] = buildShop(join(directory, "a: error b"));
	flipBit(join(directory, "a: error b", second.file), 100);
	writeFileSync(join(directory, "a: error b", "note: info.txt"), "");
	rmSync(join(directory, "a: error b", third.path, "meta.json"));
	const [full] = buildShop(join(directory, "b"));
	rmSync(join(directory, "b", full.file));
	return directory;
}

test("the problem matcher reads every finding of the output, and nothing else", async () => {
	const directory = damagedStores();
	const [pattern] = problemPatterns;
	const json: {
		stores: { root: string; findings: { path: string; severity: string; code: string; message: string }[] }[];
	} = JSON.parse((await snapstore("verify", directory, "--json")).stdout);
	const expected = json.stores.flatMap(({ root, findings }) =>
		findings.map(({ path, severity, code, message }) =>
			[join(directory, root, path), severity, code, message].join("\n"),
		),
	);
	expect(expected.length).toBeGreaterThan(4);

	const { stdout } = await snapstore("verify", directory);
	const matched = stdout.split("\n").flatMap((line) => {
		const match = new RegExp(pattern?.regexp ?? "").exec(line);
		if (match === null || pattern === undefined) return [];
		return [[pattern.file, pattern.severity, pattern.code, pattern.message].map((group) => match[group]).join("\n")];
	});
	expect(matched.sort()).toEqual(expected.sort());
	expect(matched.filter((line) => existsSync(line.split("\n")[0] ?? "")).length).toBeGreaterThan(1);
});

test("the matcher takes paths as seen from the folder, or absolute ones", () => {
	const [matcher] = problemMatchers;
	const [pattern] = problemPatterns;
	expect(matcher).toMatchObject({ name: "snapstore", pattern: `$${pattern?.name}` });
	expect(matcher?.fileLocation).toEqual(["autodetect", "$" + "{workspaceFolder}"]);
	expect(pattern?.kind).toBe("file");
});
