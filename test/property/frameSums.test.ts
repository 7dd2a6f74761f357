import fc from "fast-check";
import { expect, test } from "vitest";
import { WalChecksum } from "../../src/core/sqlite/wal/checksum";
import { frameSummer, sumFramesPlainly } from "../../src/core/sqlite/wal/frameSums";
import { frameSummerInWasm } from "../../src/core/sqlite/wal/frameSumsInWasm";
import { Frames } from "../../src/core/sqlite/wal/frames";
import { RunningChecksum } from "../../src/core/sqlite/wal/runningChecksum";
import { runs } from "./runs";

const FRAME_HEADER_SIZE = 24;

/** Frames of noise, of any page size, in either order of bytes, beginning anywhere; some pieces are longer than what is summed at once. */
const noise = fc
	.record({
		pageSize: fc.constantFrom(512, 1024, 2048, 4096, 8192, 16384, 32768, 65536),
		bigEndianChecksum: fc.boolean(),
		megabytes: fc.double({ min: 0, max: 0.7, noNaN: true }),
		start: fc.integer({ min: 0, max: 17 }),
		seed: fc.integer(),
	})
	.map(({ pageSize, megabytes, start, seed, ...format }) => {
		const frameSize = FRAME_HEADER_SIZE + pageSize;
		const count = Math.floor((megabytes * 2 ** 20) / frameSize);
		const bytes = new Uint8Array(start + count * frameSize).subarray(start);
		let state = seed;
		// High bits are as likely as low ones, and words of all ones are among them.
		for (let at = 0; at < bytes.byteLength; at++) {
			state = (Math.imul(state, 1103515245) + 12345) | 0;
			bytes[at] = state >> 16;
		}
		if (seed % 3 === 0) bytes.fill(255, 0, frameSize);
		return { bytes, count, frameSize, pageSize, ...format };
	});

test("WebAssembly runs here and is what sums frames", () => {
	expect(frameSummerInWasm()).toBeDefined();
});

test("the sums of frames are those of the definition, copied or in place", () => {
	const inWasm = frameSummerInWasm();
	fc.assert(
		fc.property(noise, ({ bytes, count, frameSize, ...format }) => {
			expect(inWasm?.sum(bytes, format)).toEqual(sumFramesPlainly(bytes, format));
			for (const room of inWasm?.rooms ?? []) {
				const part = bytes.subarray(0, Math.min(count, Math.floor(room.byteLength / frameSize)) * frameSize);
				room.set(part);
				expect(inWasm?.sum(room.subarray(0, part.byteLength), format)).toEqual(sumFramesPlainly(part, format));
			}
		}),
		{ numRuns: runs(60) },
	);
});

test("sums that run through many frames are those of the definition", () => {
	fc.assert(
		fc.property(noise, fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1), ({ bytes, count, frameSize, ...format }, s0, s1) => {
			const checksum = new WalChecksum(format.bigEndianChecksum);
			checksum.set(s0, s1);
			const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			for (let at = 0; at < bytes.byteLength; at += frameSize) {
				checksum.update(bytes.subarray(at, at + 8));
				checksum.update(bytes.subarray(at + FRAME_HEADER_SIZE, at + frameSize));
				view.setUint32(at + 16, checksum.s0);
				view.setUint32(at + 20, checksum.s1);
			}
			const running = new RunningChecksum(format.pageSize);
			running.set(s0, s1);
			const frames = new Frames(bytes, format);
			for (let n = 0; n < count; n++) expect(running.continues(frames, n)).toBe(true);
		}),
		{ numRuns: runs(60) },
	);
});

test("a page larger than all others is summed in one piece, and none at all is no sum", () => {
	const format = { pageSize: 65536, bigEndianChecksum: true };
	expect(frameSummer().sum(new Uint8Array(0), format)).toEqual(new Uint32Array(0));
	const frame = new Uint8Array(FRAME_HEADER_SIZE + 65536).fill(0x80);
	expect(frameSummer().sum(frame, format)).toEqual(sumFramesPlainly(frame, format));
});
