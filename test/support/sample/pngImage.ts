import { deflateSync, gzipSync } from "node:zlib";
import type { Random } from "./random";

const SIDE = 32;
const CELL = 4;
const CELLS = SIDE / CELL;

/** A PNG of 32 by 32 pixels in four colours: a pattern, mirrored left to right. */
export function pngImage(random: Random): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(SIDE, 0);
	header.writeUInt32BE(SIDE, 4);
	header.set([2, 3], 8); // two bits a pixel, from a palette
	const colour = () => [random.below(256), random.below(256), random.below(256)];
	const palette = Buffer.from([250, 248, 240, ...colour(), ...colour(), ...colour()]);
	return Buffer.concat([
		Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
		chunk("IHDR", header),
		chunk("PLTE", palette),
		// Stored, not squeezed: the bytes must not depend on the version of zlib.
		chunk("IDAT", deflateSync(pixels(random), { level: 0 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

/** Each row: one byte that says "no filter", then four pixels, one cell, in each byte. */
function pixels(random: Random): Buffer {
	const rows: number[] = [];
	for (let row = 0; row < CELLS; row++) {
		const half = Array.from({ length: CELLS / 2 }, () => random.below(4) * 0b01010101);
		for (let line = 0; line < CELL; line++) rows.push(0, ...half, ...half.toReversed());
	}
	return Buffer.from(rows);
}

function chunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.byteLength);
	// gzip ends in the same CRC-32, before four bytes of length, the other way round.
	const crc = gzipSync(content).subarray(-8, -4).reverse();
	return Buffer.concat([length, content, crc]);
}
