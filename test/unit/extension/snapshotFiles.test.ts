import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SnapshotFiles } from "../../../src/extension/panel/snapshotFiles";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { MAX_PIECE } from "../../../src/protocol/page";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

/** A directory with one file, offered as it is. */
function offered(): { readonly file: string; readonly files: SnapshotFiles } {
	const directory = temporaryDirectory();
	mkdirSync(join(directory, "a"));
	const file = join(directory, "a", "wal");
	writeFileSync(file, "0123456789");
	const { size, mtimeMs } = statSync(file);
	return {
		file,
		files: new SnapshotFiles(nodeFiles(directory), [{ path: "a/wal", sizeBytes: size, modifiedAt: mtimeMs }]),
	};
}

test("a piece of an offered file", async () => {
	const { files } = offered();
	const bytes = await files.read(0, 3, 4);
	expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype); // a Buffer would arrive as an object
	expect(new TextDecoder().decode(bytes)).toBe("3456");
	expect((await files.read(0, 10, 0)).byteLength).toBe(0);
});

test.each([
	["another file", 1, 0, 1],
	["no file", "a/wal", 0, 1],
	["a negative offset", 0, -1, 1],
	["a fraction", 0, 0.5, 1],
	["bytes behind the end", 0, 8, 3],
	["more than a piece", 0, 0, MAX_PIECE + 1],
	["a length that is no number", 0, 0, "1"],
])("%s is not offered", async (_, position, offset, length) => {
	await expect(offered().files.read(position, offset, length)).rejects.toMatchObject({ code: "not-offered" });
});

test("a file that grew, was touched or was replaced has changed", async () => {
	const grown = offered();
	writeFileSync(grown.file, "0123456789a");
	await expect(grown.files.read(0, 0, 4)).rejects.toMatchObject({ code: "changed" });

	const touched = offered();
	utimesSync(touched.file, 1, 1);
	await expect(touched.files.read(0, 0, 4)).rejects.toMatchObject({
		code: "changed",
		message: "a/wal changed while it was read. Open the snapshot again.",
	});
});

test("a file that is gone says so", async () => {
	const { file, files } = offered();
	rmSync(file);
	await expect(files.read(0, 0, 4)).rejects.toMatchObject({ code: "vanished" });
});

test("a file that became a link out of the store is not read", async () => {
	const { file, files } = offered();
	const elsewhere = join(temporaryDirectory(), "secret");
	renameSync(file, elsewhere);
	symlinkSync(elsewhere, file);
	await expect(files.read(0, 0, 4)).rejects.toMatchObject({ code: "outside" });
});
