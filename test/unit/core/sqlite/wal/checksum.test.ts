import { expect, test } from "vitest";
import { WalChecksum } from "../../../../../src/core/sqlite/wal/checksum";

/** The algorithm as it is defined, in numbers without a width. */
function defined(bytes: Uint8Array, bigEndian: boolean): [number, number] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let [s0, s1] = [0n, 0n];
	for (let at = 0; at < bytes.byteLength; at += 8) {
		s0 = (s0 + BigInt(view.getUint32(at, !bigEndian)) + s1) % 2n ** 32n;
		s1 = (s1 + BigInt(view.getUint32(at + 4, !bigEndian)) + s0) % 2n ** 32n;
	}
	return [Number(s0), Number(s1)];
}

const noise = Uint8Array.from({ length: 4096 + 8 }, (_, at) => (at * 167 + (at >> 3) * 59) & 255);

test.each([
	[false, 0],
	[false, 1],
	[false, 4],
	[true, 0],
	[true, 3],
])("big-endian %s, bytes that begin at %i", (bigEndian, start) => {
	const bytes = noise.subarray(start, start + 4096);
	const checksum = new WalChecksum(bigEndian);
	checksum.update(bytes.subarray(0, 24));
	checksum.update(bytes.subarray(24));

	expect([checksum.s0, checksum.s1]).toEqual(defined(bytes, bigEndian));
	expect(checksum.equals(...defined(bytes, bigEndian))).toBe(true);
	expect(checksum.equals(checksum.s0, checksum.s1 ^ 1)).toBe(false);
});

test("goes on from sums that are stored", () => {
	const whole = new WalChecksum(true);
	whole.update(noise.subarray(0, 800));
	const rest = new WalChecksum(true);
	rest.set(...defined(noise.subarray(0, 80), true));
	rest.update(noise.subarray(80, 800));

	expect([rest.s0, rest.s1]).toEqual([whole.s0, whole.s1]);
});
