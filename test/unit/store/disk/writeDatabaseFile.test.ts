import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ByteSource, bytesSource } from "../../../../src/core/files";
import { writeDatabaseFile } from "../../../../src/store/disk/writeDatabaseFile";
import { openBytes } from "../../../support/images/openBytes";
import { buildStore } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

/** Bytes of several pieces, and a directory to write them into. */
function given() {
	const bytes = Uint8Array.from({ length: 2_500_000 }, (_, at) => (at * 31) >> 3);
	const directory = temporaryDirectory();
	return { bytes, directory, target: join(directory, "restored.sqlite") };
}

const read = (file: string) => new Uint8Array(readFileSync(file));

test("a snapshot's image, byte for byte", async () => {
	const { directory, target } = given();
	const store = join(directory, "store");
	const [full, incremental] = buildStore(store, (builder) => {
		builder.database.run("create table t(a)");
		builder.full();
		builder.database.run("insert into t values(zeroblob(100000))");
		builder.incremental();
	});
	const { image } = openBytes(full!.image, [read(join(store, incremental!.file))]);
	const sha256 = await writeDatabaseFile(image!, target);

	expect(Buffer.compare(readFileSync(target), incremental!.image)).toBe(0);
	expect(sha256).toBe(createHash("sha256").update(incremental!.image).digest("hex"));
	expect(readdirSync(directory)).toEqual(["restored.sqlite", "store"]);
});

test("progress goes up to the size; what was there is replaced", async () => {
	const { bytes, directory, target } = given();
	writeFileSync(target, "older");
	const steps: number[] = [];
	await writeDatabaseFile(bytesSource(bytes), target, { progress: (written) => steps.push(written) });

	expect(steps).toEqual([1 << 20, 2 << 20, 2_500_000]);
	expect(Buffer.compare(readFileSync(target), bytes)).toBe(0);
	expect(readdirSync(directory)).toEqual(["restored.sqlite"]);
});

test("an image without a page is an empty file", async () => {
	const { target } = given();
	await writeDatabaseFile(bytesSource(new Uint8Array(0)), target);
	expect(read(target).byteLength).toBe(0);
});

const failing = (bytes: Uint8Array): ByteSource => ({
	sizeBytes: bytes.byteLength,
	readInto(into, offset) {
		if (offset > 0) throw new Error("wal: the file ends at byte 7");
		return bytesSource(bytes).readInto(into, offset);
	},
});
const shrinking = (bytes: Uint8Array): ByteSource => ({
	sizeBytes: bytes.byteLength,
	readInto: (into, offset) => bytesSource(bytes.subarray(0, 1_500_000)).readInto(into, offset),
});

test.each([
	[
		"cancelled",
		(bytes: Uint8Array, abort: AbortController) =>
			[bytesSource(bytes), { cancel: abort.signal, progress: () => abort.abort(new Error("enough")) }] as const,
		"enough",
	],
	[
		"cancelled behind the last byte",
		(bytes: Uint8Array, abort: AbortController) =>
			[
				bytesSource(bytes),
				{
					cancel: abort.signal,
					progress: (written: number) => {
						if (written === bytes.byteLength) abort.abort(new Error("enough"));
					},
				},
			] as const,
		"enough",
	],
	["an image that fails", (bytes: Uint8Array) => [failing(bytes), {}] as const, "wal: the file ends at byte 7"],
	[
		"an image that ends too early",
		(bytes: Uint8Array) => [shrinking(bytes), {}] as const,
		"ended at byte 1500000 of 2500000",
	],
])("%s: the target is as it was, and nothing lies beside it", async (_, make, message) => {
	const { bytes, directory, target } = given();
	const [image, options] = make(bytes, new AbortController());
	await expect(writeDatabaseFile(image, target, options)).rejects.toThrow(message);
	expect(readdirSync(directory)).toEqual([]);

	writeFileSync(target, "older");
	const [again, anew] = make(bytes, new AbortController());
	await expect(writeDatabaseFile(again, target, anew)).rejects.toThrow(message);
	expect([readdirSync(directory), readFileSync(target, "utf8")]).toEqual([["restored.sqlite"], "older"]);
});

test("a target that cannot be one", async () => {
	const { bytes, directory, target } = given();
	mkdirSync(join(target, "with something in it"), { recursive: true });
	await expect(writeDatabaseFile(bytesSource(bytes), target)).rejects.toThrow();
	await expect(writeDatabaseFile(bytesSource(bytes), join(directory, "gone", "x"))).rejects.toThrow("ENOENT");
	expect(readdirSync(directory)).toEqual(["restored.sqlite"]);
});
