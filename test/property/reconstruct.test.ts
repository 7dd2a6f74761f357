import fc from "fast-check";
import { expect, test } from "vitest";
import { imageBytes, openBytes, reconstruct } from "../support/images/openBytes";
import { runs } from "./runs";
import { stories, tell } from "./story";

test("whatever happens to a database, the image at every snapshot is SQLite's checkpoint", () => {
	fc.assert(
		fc.property(stories(12), (story) => {
			const { base, wals, states } = tell(story);
			states.forEach((state, snapshot) => {
				const { image, report } = openBytes(base, wals.slice(0, snapshot));
				expect(report.findings).toEqual([]);
				expect(Buffer.compare(imageBytes(image!), state)).toBe(0);
			});
		}),
		{ numRuns: runs(150) },
	);
});

test("any range of an image reads as the whole does", () => {
	const range = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 20_000 }));
	fc.assert(
		fc.property(stories(6), fc.array(range, { minLength: 1, maxLength: 50 }), (story, ranges) => {
			const { base, wals } = tell(story);
			const whole = reconstruct(base, wals);
			const { image } = openBytes(base, wals);
			for (const [part, length] of ranges) {
				const offset = Math.floor(part * (whole.byteLength + 100));
				const target = new Uint8Array(length).fill(0xaa);
				const read = image!.readInto(target, offset);
				const expected = whole.subarray(offset, offset + length);
				expect([read, Buffer.compare(target.subarray(0, read), expected)]).toEqual([expected.byteLength, 0]);
				expect(target.subarray(read).every((byte) => byte === 0xaa)).toBe(true);
			}
		}),
		{ numRuns: runs(50) },
	);
});
