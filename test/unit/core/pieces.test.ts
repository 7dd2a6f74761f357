import { expect, test } from "vitest";
import { Pieces } from "../../../src/core/pieces";

const PIECE_BYTES = 1 << 20;

function bytesOf(length: number, seed: number): Uint8Array {
	return new Uint8Array(length).map((_, at) => (at * 31 + seed) & 0xff);
}

test("bytes of any lengths are read back from any place", () => {
	const parts = [0, 1, PIECE_BYTES - 2, 3, PIECE_BYTES * 2 + 5, 7].map(bytesOf);
	const whole = Buffer.concat(parts);
	const pieces = new Pieces();
	for (const part of parts) pieces.append(part);
	expect(pieces.sizeBytes).toBe(whole.byteLength);
	for (const [offset, length] of [
		[0, whole.byteLength],
		[0, 0],
		[PIECE_BYTES - 1, 2],
		[PIECE_BYTES, PIECE_BYTES],
		[PIECE_BYTES - 5, PIECE_BYTES + 10],
		[whole.byteLength - 1, 100],
		[whole.byteLength, 1],
		[whole.byteLength + PIECE_BYTES, 1],
	] as const) {
		const target = new Uint8Array(length);
		const read = pieces.readInto(target, offset);
		const wanted = whole.subarray(offset, offset + length);
		expect([offset, read, Buffer.compare(target.subarray(0, read), wanted)]).toEqual([offset, wanted.byteLength, 0]);
	}
});

test("what is appended is copied", () => {
	const pieces = new Pieces();
	const bytes = Uint8Array.of(1, 2, 3);
	pieces.append(bytes);
	bytes.fill(0);
	const target = new Uint8Array(3);
	pieces.readInto(target, 0);
	expect([...target]).toEqual([1, 2, 3]);
});
