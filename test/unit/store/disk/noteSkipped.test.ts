import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noteSkipped } from "../../../../src/store/disk/noteSkipped";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

test("what the last export to a place left out is beside it, and nothing of the one before", async () => {
	const directory = temporaryDirectory();
	const target = join(directory, "t.csv");
	writeFileSync(target, "");
	await noteSkipped(target, []);
	expect(readdirSync(directory)).toEqual(["t.csv"]);
	for (const lines of [["one", "two"], ["three"]]) {
		await noteSkipped(target, lines);
		expect(readdirSync(directory)).toEqual(["t.csv", "t.csv.skipped.txt"]);
		expect(readFileSync(`${target}.skipped.txt`, "utf8")).toBe(`${lines.join("\n")}\n`);
	}
	await noteSkipped(target, []);
	expect(readdirSync(directory)).toEqual(["t.csv"]);
});
