import { main } from "assemblyscript/asc";
import { expect, test } from "vitest";
import { projectRoot } from "../../../../support/projectRoot";

const FOLDER = "src/core/sqlite/wal";

/** The file is written by this test, with `npm run generate`. */
test("the module is what its source compiles to", async () => {
	let wasm: Uint8Array | undefined;
	const { error, stderr } = await main(
		[
			`${FOLDER}/assembly/frameSums.ts`,
			...["--baseDir", projectRoot, "--outFile", "frameSums.wasm"],
			...["--optimizeLevel", "3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
			...["--initialMemory", "13", "--maximumMemory", "13"],
		],
		{
			writeFile(name, contents) {
				if (name === "frameSums.wasm" && typeof contents !== "string") wasm = contents;
			},
		},
	);
	if (error || !wasm) throw error ?? new Error(stderr.toString());

	const lines =
		Buffer.from(wasm)
			.toString("hex")
			.match(/.{1,112}/g) ?? [];
	const text = [
		"// Made from assembly/frameSums.ts by `npm run generate`.",
		"",
		"/** The module that sums frames, in hexadecimal. */",
		"export const FRAME_SUMS_WASM = `",
		...lines,
		"`;",
		"",
	].join("\n");
	await expect(text).toMatchFileSnapshot(`${projectRoot}/${FOLDER}/frameSumsWasm.ts`);
});
