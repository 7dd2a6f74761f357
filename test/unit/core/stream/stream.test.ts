import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { readStreamLayout } from "../../../../src/core/stream/readStreamLayout";
import type { StreamError } from "../../../../src/core/stream/streamError";
import { fullStreamHead, incrementalStreamHead } from "../../../../src/core/stream/streamHead";
import { type StreamHeader, StreamHeaderSchema } from "../../../../src/core/stream/streamHeader_pb";
import { projectRoot } from "../../../support/projectRoot";

const layoutOf = (stream: Uint8Array) => readNow(readStreamLayout(stream.byteLength), bytesSource(stream));
const zeros = (length: number) => new Uint8Array(length);
const bytes = (...parts: readonly (Uint8Array | readonly number[])[]) =>
	Buffer.concat(parts.map((part) => Uint8Array.from(part)));

describe("what the head says is where the files lie", () => {
	test("of a full snapshot with two WALs", () => {
		const head = fullStreamHead(4096, [0, 32]);
		const at = head.byteLength;
		expect(layoutOf(bytes(head, zeros(4128)))).toEqual({
			kind: "full",
			format: "generations",
			database: { offset: at, length: 4096 },
			wals: [
				{ offset: at + 4096, length: 0 },
				{ offset: at + 4096, length: 32 },
			],
		});
	});

	test.each([0, 1, 127, 128, 16_384, 3_000_000])("of an incremental snapshot whose WAL has %i bytes", (size) => {
		const head = incrementalStreamHead(size);
		const stream = bytes(head, zeros(size));
		expect(layoutOf(stream)).toEqual({ kind: "incremental", wal: { offset: head.byteLength, length: size } });
		// The whole of it is what the protobuf library alone writes.
		expect(stream.subarray(8).equals(headerBytes({ incremental: zeros(size) }))).toBe(true);
	});

	test("whatever the order of the header's fields", () => {
		const stream = framed(bytes([0x12, 5, 0x0a, 3, 7, 8, 9], [0x08, 1]));
		expect(layoutOf(stream)).toEqual({ kind: "incremental", wal: { offset: 12, length: 3 } });
	});

	test("with fields that a later version may add", () => {
		const stream = framed(bytes([0x48, 5, 0x52, 1, 0], headerBytes({ incremental: Uint8Array.of(1) })));
		expect(layoutOf(stream)).toMatchObject({ kind: "incremental", wal: { length: 1 } });
	});
});

describe("refused", () => {
	const full = bytes(fullStreamHead(100, [10]), zeros(110));
	const cases: readonly (readonly [string, Uint8Array, StreamError["code"]])[] = [
		["nothing at all", zeros(0), "stream-truncated"],
		["a part of the length", zeros(7), "stream-truncated"],
		["a header longer than what is there", bytes([255, 255, 255, 255, 255, 255, 0, 0], zeros(50)), "stream-truncated"],
		["a length that no file has", bytes([255, 255, 255, 255, 255, 255, 255, 127], zeros(50)), "bad-stream"],
		["a file cut short", full.subarray(0, -1), "stream-truncated"],
		["a byte to spare", bytes(full, [0]), "stream-too-long"],
		["a byte to spare behind a WAL", bytes(incrementalStreamHead(3), zeros(4)), "stream-too-long"],
		["version 2", framed(bytes([8, 2, 0x12, 0])), "unsupported-version"],
		["no version", framed(bytes([0x12, 0])), "unsupported-version"],
		["no header", framed(zeros(0)), "unsupported-version"],
		["neither kind", framed(bytes([8, 1])), "bad-stream"],
		["both kinds", framed(bytes([8, 1, 0x12, 0, 0x1a, 0])), "bad-stream"],
		["a full snapshot without a database", framed(bytes([8, 1, 0x1a, 0])), "bad-stream"],
		["a file of negative size", framed(headerBytes({ database: -1n })), "bad-stream"],
		["a WAL longer than the header", framed(bytes([8, 1, 0x12, 4, 0x0a, 3, 0])), "bad-stream"],
		["an endless number", framed(bytes([8], Array(12).fill(255))), "bad-stream"],
		["a kind that is a number", framed(bytes([8, 1, 0x10, 4])), "bad-stream"],
		["text", new TextEncoder().encode("Snapshots are not texts. ".repeat(9)), "bad-stream"],
	];
	test.each(cases)("%s", (_, stream, code) => {
		expect(() => layoutOf(stream)).toThrow(expect.objectContaining({ name: "StreamError", code }));
	});

	test.each([
		["a database", new TextEncoder().encode("SQLite format 3\0".repeat(9)), "a SQLite database already"],
		["a WAL", bytes([0x37, 0x7f, 6, 0x82], zeros(50)), "a SQLite WAL"],
		["a snapshot of rqlite 7", bytes(Array(8).fill(255), [3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]), "rqlite 7"],
		["a compressed file", gzipSync(zeros(5000)), "compressed with gzip"],
	])("%s, by its name", (_, file, words) => {
		expect(() => layoutOf(file)).toThrow(
			expect.objectContaining({ code: "bad-stream", offset: 0, message: expect.stringContaining(words) }),
		);
	});

	test("every cut and every flipped byte of the head", () => {
		for (let length = 0; length < full.byteLength; length++) {
			expect(() => layoutOf(full.subarray(0, length))).toThrow(expect.objectContaining({ code: "stream-truncated" }));
		}
		for (let at = 0; at < full.byteLength - 110; at++) {
			const flipped = full.slice();
			flipped[at] = flipped[at]! ^ 0x80;
			expect(() => layoutOf(flipped)).toThrow(expect.objectContaining({ name: "StreamError" }));
		}
	});
});

/** Streams that rqlite wrote. */
const streams = join(projectRoot, "..", "shared", "fixtures", "streams");

describe.runIf(existsSync(streams))("streams of rqlite", () => {
	test.each(["stream-full.bin", "stream-full-db-only.bin", "stream-inc.bin"])(
		"%s reads and writes the same",
		(name) => {
			const stream = readFileSync(join(streams, name));
			const layout = layoutOf(stream);
			if (layout.kind === "incremental-file") throw new Error("it holds no data");
			const head =
				layout.kind === "full"
					? fullStreamHead(
							layout.database.length,
							layout.wals.map(({ length }) => length),
						)
					: incrementalStreamHead(layout.wal.length);
			const files = layout.kind === "full" ? [layout.database, ...layout.wals] : [layout.wal];
			const parts = files.map(({ offset, length }) => stream.subarray(offset, offset + length));
			expect(Buffer.concat([head, ...parts]).equals(stream)).toBe(true);
		},
	);

	test("the one that was cut is refused", () => {
		expect(() => layoutOf(readFileSync(join(streams, "stream-truncated.bin")))).toThrow(
			expect.objectContaining({ code: "stream-truncated" }),
		);
	});
});

function headerBytes({ incremental, database }: { incremental?: Uint8Array; database?: bigint }): Uint8Array {
	const payload: StreamHeader["payload"] = incremental
		? { case: "incrementalSnapshot", value: { $typeName: "snapshot.IncrementalSnapshot", data: incremental } }
		: {
				case: "fullSnapshot",
				value: {
					$typeName: "snapshot.FullSnapshot",
					db: { $typeName: "snapshot.FullSnapshot.DataInfo", size: database ?? 0n },
					wals: [],
				},
			};
	return toBinary(StreamHeaderSchema, create(StreamHeaderSchema, { version: 1, payload }));
}

function framed(header: Uint8Array): Uint8Array {
	const length = new Uint8Array(8);
	new DataView(length.buffer).setBigUint64(0, BigInt(header.byteLength), true);
	return bytes(length, header);
}
