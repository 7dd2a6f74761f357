import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { projectRoot } from "../support/projectRoot";

/** The inputs that were kept for a parser: one a line, packed, in base64. */
function fileOf(target: string): string {
	return join(projectRoot, "test/fuzz/corpus", `${target}.txt`);
}

/** Inputs that each reached something of a parser that no other did, shortest first; none where there is no corpus yet. */
export function readCorpus(target: string): readonly Uint8Array[] {
	const file = fileOf(target);
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, "utf8").split("\n");
	return lines.filter((line) => line !== "").map((line) => new Uint8Array(inflateRawSync(Buffer.from(line, "base64"))));
}

export function writeCorpus(target: string, inputs: readonly Uint8Array[]): void {
	const lines = inputs.map((input) => `${deflateRawSync(input, { level: 9 }).toString("base64")}\n`);
	writeFileSync(fileOf(target), lines.join(""));
}
