import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { StreamError } from "../../src/core/stream/streamError";
import { openStreamImage } from "../../src/node/streamImage";
import { imageBytes } from "../support/images/openBytes";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { fullStream, rqlite10Stream } from "../support/streams/streams";
import { runs } from "./runs";
import { stories, tell } from "./story";

// Given a stream of a real database and its logs that is damaged anywhere, it is refused with a documented error or with
// faults, or it gives the same bytes: where it has checksums there is nothing else.

type Damage = (stream: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** Half of the places are in the first bytes, where the header is. */
const somewhere = fc.tuple(place, fc.boolean()).map(
	([part, early]) =>
		(size: number) =>
			Math.floor(part * (early ? Math.min(size, 60) : size)),
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
	fc.tuple(somewhere, fc.nat(7)).map(([at, bit]) => (stream: Buffer) => {
		const flipped = Buffer.from(stream);
		flipped[at(stream.byteLength)]! ^= 1 << bit;
		return flipped;
	}),
	fc.tuple(somewhere, fc.uint8Array({ minLength: 1, maxLength: 600 })).map(([at, bytes]) => (stream: Buffer) => {
		const edited = Buffer.from(stream);
		edited.set(bytes.subarray(0, stream.byteLength - at(stream.byteLength)), at(stream.byteLength));
		return edited;
	}),
	somewhere.map((at) => (stream: Buffer) => stream.subarray(0, at(stream.byteLength))),
	fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => (stream: Buffer) => Buffer.concat([stream, bytes])),
	fc.tuple(somewhere, somewhere, fc.nat(2000)).map(([from, to, length]) => (stream: Buffer) => {
		const moved = Buffer.from(stream);
		stream.copy(moved, to(stream.byteLength), from(stream.byteLength), from(stream.byteLength) + length);
		return moved;
	}),
);

/** What a stream comes to: its bytes where nothing is said against them, `undefined` where it is refused. */
async function restored(path: string, stream: Uint8Array): Promise<Uint8Array | undefined> {
	writeFileSync(path, stream);
	try {
		const { image, faults, partial, close } = await openStreamImage(path);
		try {
			// What a claimed size would come to is not walked; what is there can be read.
			const page = new Uint8Array(512);
			if (image) expect(image.readInto(page, 0)).toBe(Math.min(page.byteLength, image.sizeBytes));
			if (faults.length > 0) return undefined;
			expect({ there: image !== undefined, partial }).toEqual({ there: true, partial: false });
			return image && imageBytes(image);
		} finally {
			close();
		}
	} catch (error) {
		if (error instanceof StreamError) return undefined;
		throw error;
	}
}

test("a damaged stream of rqlite 10 is refused, or its bytes are the same", async () => {
	const path = join(temporaryDirectory(), "stream.bin");
	await fc.assert(
		fc.asyncProperty(
			stories(6, [512, 4096]),
			fc.array(damage, { minLength: 10, maxLength: 30 }),
			async (story, damages) => {
				const { base, wals, states } = tell(story);
				const state = states[wals.length]!;
				const stream = Buffer.from(await rqlite10Stream(base, wals));
				expect(Buffer.compare((await restored(path, stream))!, state)).toBe(0);
				for (const edit of damages) {
					const bytes = await restored(path, edit(stream));
					if (bytes) expect(Buffer.compare(bytes, state)).toBe(0);
				}
			},
		),
		{ numRuns: runs(15) },
	);
});

test("a damaged stream of a store with generations gives a documented answer", async () => {
	const path = join(temporaryDirectory(), "stream.bin");
	await fc.assert(
		fc.asyncProperty(
			stories(6, [512, 4096]),
			fc.array(damage, { minLength: 10, maxLength: 30 }),
			async (story, damages) => {
				const { base, wals, states } = tell(story);
				const stream = Buffer.from(fullStream(base, wals));
				expect(Buffer.compare((await restored(path, stream))!, states[wals.length]!)).toBe(0);
				for (const edit of damages) await restored(path, edit(stream));
			},
		),
		{ numRuns: runs(15) },
	);
});
