import { expect, test } from "vitest";
import { MAX_PIECE } from "../../../../src/protocol/page";
import { loadChain } from "../../../../src/webview/page/loadChain";
import { described } from "../described";

const contents = [MAX_PIECE * 5 + 3, 0, 100].map((size, n) =>
	new Uint8Array(size).map((_, at) => (at * 31 + n) & 0xff),
);

const description = described({
	kind: "incremental",
	files: contents.map(({ byteLength }, n) => ({ path: `file${n}`, sizeBytes: byteLength, modifiedAt: 1 })),
	pending: 1,
});

const readFile = async (file: number, offset: number, length: number) =>
	contents[file]!.subarray(offset, offset + length);

async function bytesOf(source: Blob | Uint8Array | undefined): Promise<Uint8Array> {
	return source instanceof Blob ? new Uint8Array(await source.arrayBuffer()) : new Uint8Array();
}

test("the files arrive whole, in order, with progress up to their size", async () => {
	const progress: number[] = [];
	const chain = await loadChain(description, readFile, (read) => progress.push(read), new AbortController().signal);
	expect(chain).toMatchObject({ snapshot: "1-2-3", pending: 1, base: { path: "file0" } });
	expect(chain.wals.map(({ path }) => path)).toEqual(["file1", "file2"]);
	const loaded = [chain.base, ...chain.wals];
	for (const [n, expected] of contents.entries()) {
		expect(Buffer.compare(await bytesOf(loaded[n]?.bytes), expected)).toBe(0);
	}
	expect(progress.at(-1)).toBe(MAX_PIECE * 5 + 103);
});

test("a file that became shorter is refused by name and offset", async () => {
	const cut = async (file: number, offset: number, length: number) =>
		(await readFile(file, offset, length)).subarray(1);
	const loading = loadChain(description, cut, () => {}, new AbortController().signal);
	await expect(loading).rejects.toThrow(/file0 has changed.*at offset 0/);
});

test("reading stops when it is cancelled", async () => {
	const cancel = new AbortController();
	const pieces: number[] = [];
	const counted = async (...piece: Parameters<typeof readFile>) => {
		pieces.push(piece[1]);
		return readFile(...piece);
	};
	const loading = loadChain(description, counted, () => {}, cancel.signal);
	cancel.abort();
	await expect(loading).rejects.toMatchObject({ name: "AbortError" });
	expect(pieces).toHaveLength(4);
});
