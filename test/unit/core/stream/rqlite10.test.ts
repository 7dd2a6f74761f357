import { describe, expect, test } from "vitest";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { readStreamLayout } from "../../../../src/core/stream/readStreamLayout";
import type { StreamError } from "../../../../src/core/stream/streamError";
import { fullStreamHead, incrementalStreamHead } from "../../../../src/core/stream/streamHead";
import { rqlite10Framed, rqlite10Head, rqlite10Stream } from "../../../support/streams/streams";

const layoutOf = (stream: Uint8Array) => readNow(readStreamLayout(stream.byteLength), bytesSource(stream));
const zeros = (length: number) => new Uint8Array(length);
const full = (dbHeader?: { sizeBytes: bigint; crc32: number }) =>
	rqlite10Head({ formatVersion: 1, payload: { case: "full", value: dbHeader ? { dbHeader } : {} } });
const incrementalFile = (walDirPath: string) =>
	rqlite10Head({ formatVersion: 1, payload: { case: "incrementalFile", value: { walDirPath } } });

describe("what the head says is where the files lie", () => {
	test("of a database and two WALs, with their checksums", async () => {
		const stream = await rqlite10Stream(zeros(4096), [zeros(32), Uint8Array.of(1)]);
		const at = stream.byteLength - 4096 - 33;
		expect(layoutOf(stream)).toEqual({
			kind: "full",
			format: "rqlite-v10",
			database: { offset: at, length: 4096, crc32c: 0x98f94189 },
			wals: [
				{ offset: at + 4096, length: 32, crc32c: 0x8a9136aa },
				{ offset: at + 4128, length: 1, crc32c: 0xa016d052 },
			],
		});
	});

	test("the bytes that rqlite writes for it", async () => {
		const stream = await rqlite10Stream(zeros(4096), [zeros(32)]);
		expect(Buffer.from(stream.subarray(0, -4128)).toString("hex")).toBe(
			["00000019", "0801", "1215", "0a09", "088020", "108983e5c709", "1208", "0820", "10aaedc4d408"].join(""),
		);
	});

	test("of no data, where the stream only names a directory", () => {
		expect(layoutOf(incrementalFile("/var/lib/rqlite/wal-staging"))).toEqual({
			kind: "incremental-file",
			directory: "/var/lib/rqlite/wal-staging",
		});
	});
});

describe("the two formats are told apart", () => {
	test.each([1, 40, 256, 65_536, 2 ** 20, 2 ** 24, 2 ** 24 + 1])(
		"where the WAL of a store with generations has %i bytes",
		(size) => {
			// Heads of every length, among them those whose first bytes are zeros.
			for (const walBytes of [size - 12, size - 13, size].filter((bytes) => bytes >= 0)) {
				const head = incrementalStreamHead(walBytes);
				const stream = Buffer.concat([head, zeros(walBytes)]);
				expect(layoutOf(stream)).toEqual({ kind: "incremental", wal: { offset: head.byteLength, length: walBytes } });
			}
		},
	);

	test.each([0, 1, 20, 21, 300, 5000])("where the head of rqlite 10 is for %i WALs", async (count) => {
		const wals = Array.from({ length: count }, () => Uint8Array.of(1, 2));
		const layout = layoutOf(await rqlite10Stream(zeros(512), wals));
		expect(layout).toMatchObject({ kind: "full", format: "rqlite-v10", wals: { length: count } });
	});

	test("where a WAL in a header has more than 4 GiB, of which nothing is read", () => {
		// Lengths that the other format would take for a short header.
		for (const walBytes of [2 ** 32, 2 ** 40 + 2 ** 35, 8 * 2 ** 32 + 2 ** 24]) {
			const head = incrementalStreamHead(walBytes);
			const sizeBytes = head.byteLength + walBytes;
			const read: number[] = [];
			const source = {
				sizeBytes,
				readInto(target: Uint8Array, offset: number) {
					read.push(target.byteLength);
					target.fill(0).set(head.subarray(offset, offset + target.byteLength));
					return target.byteLength;
				},
			};
			expect(readNow(readStreamLayout(sizeBytes), source)).toEqual({
				kind: "incremental",
				wal: { offset: head.byteLength, length: walBytes },
			});
			expect(Math.max(...read)).toBeLessThanOrEqual(20);
		}
	});
});

describe("refused", () => {
	const database = { sizeBytes: 100n, crc32: 7 };
	const sound = Buffer.concat([full(database), zeros(100)]);
	const cases: readonly (readonly [string, Uint8Array, StreamError["code"], number])[] = [
		["a part of the length", sound.subarray(0, 3), "stream-truncated", 3],
		["a part of the header", sound.subarray(0, 9), "stream-truncated", 9],
		["a database cut short", sound.subarray(0, -1), "stream-truncated", sound.byteLength - 1],
		["a byte to spare", Buffer.concat([sound, zeros(1)]), "stream-too-long", sound.byteLength],
		[
			"a byte behind a directory's name",
			Buffer.concat([incrementalFile("/x"), zeros(1)]),
			"stream-too-long",
			incrementalFile("/x").byteLength,
		],
		["version 2", rqlite10Head({ formatVersion: 2, payload: { case: "full", value: {} } }), "unsupported-version", 4],
		["no version", Buffer.concat([rqlite10Framed(Uint8Array.of(0x12, 0)), zeros(9)]), "unsupported-version", 4],
		["no snapshot", Buffer.concat([rqlite10Framed(Uint8Array.of(8, 1)), zeros(9)]), "bad-stream", 4],
		["a kind that is not known", rqlite10Framed(Uint8Array.of(8, 1, 0x2a, 0, 0x48, 1)), "bad-stream", 4],
		["a full snapshot without a database", Buffer.concat([full(), zeros(9)]), "bad-stream", 4],
		[
			"a size near 2^64",
			Buffer.concat([full({ sizeBytes: 2n ** 64n - 1n, crc32: 0 }), zeros(9)]),
			"stream-truncated",
			30,
		],
		["a header that is cut inside", rqlite10Framed(Uint8Array.of(8, 1, 0x12, 40, 0, 0)), "bad-stream", 4],
		["an endless number", rqlite10Framed(Uint8Array.from([8, ...Array(12).fill(255)])), "bad-stream", 4],
		["a name that is no text", rqlite10Framed(Uint8Array.of(8, 1, 0x1a, 3, 0x0a, 1, 0xff)), "bad-stream", 4],
	];
	test.each(cases)("%s", (_, stream, code, offset) => {
		expect(() => layoutOf(stream)).toThrow(expect.objectContaining({ name: "StreamError", code, offset }));
	});

	test("sizes whose sum goes around", () => {
		const head = rqlite10Head({
			formatVersion: 1,
			payload: {
				case: "full",
				value: { dbHeader: { sizeBytes: 2n ** 63n }, walHeaders: [{ sizeBytes: 2n ** 63n }, { sizeBytes: 100n }] },
			},
		});
		expect(() => layoutOf(Buffer.concat([head, zeros(100)]))).toThrow(
			expect.objectContaining({ code: "stream-truncated" }),
		);
	});

	test("a header that says it has more than the file, without making room for it", () => {
		const lie = Buffer.concat([Uint8Array.of(0, 16, 0, 0, 8, 1), zeros(20)]);
		expect(() => layoutOf(lie)).toThrow(expect.objectContaining({ code: "stream-truncated", offset: 26 }));
		lie.writeUInt32BE(0x7fffffff, 0);
		expect(() => layoutOf(lie)).toThrow(expect.objectContaining({ name: "StreamError" }));
	});

	test("every cut and every flipped bit of the head, unless it says the same", () => {
		const head = full(database);
		for (let length = 0; length < sound.byteLength; length++) {
			expect(() => layoutOf(sound.subarray(0, length))).toThrow(expect.objectContaining({ code: "stream-truncated" }));
		}
		for (let bit = 0; bit < head.byteLength * 8; bit++) {
			const flipped = Buffer.from(sound);
			flipped[bit >> 3]! ^= 1 << (bit & 7);
			try {
				const layout = layoutOf(flipped);
				if (layout.kind !== "full") throw new Error(`bit ${bit} makes it ${layout.kind}`);
				expect(layout.database).toMatchObject({ offset: head.byteLength, length: 100 });
				if (layout.database.crc32c === 7) expect(layout).toEqual(layoutOf(sound));
			} catch (error) {
				expect(error).toMatchObject({ name: "StreamError" });
			}
		}
	});
});

test("the sizes of a full stream of the other format may be anything", () => {
	for (const size of [0, 8, 2 ** 24]) {
		const head = fullStreamHead(size, [size]);
		expect(layoutOf(Buffer.concat([head, zeros(2 * size)]))).toMatchObject({ kind: "full", format: "generations" });
	}
});
