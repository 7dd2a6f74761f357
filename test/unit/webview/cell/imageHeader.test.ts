import { expect, test } from "vitest";
import { type ImageHeader, readImageHeader } from "../../../../src/webview/cell/imageHeader";
import { pngImage } from "../../../support/sample/pngImage";
import { Random } from "../../../support/sample/random";

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
	Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.of(part))));

const JPEG = [
	"\xff\xd8",
	"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
	"\xff\xff\xc4\0\x03\0",
	"\xff\xc2\0\x11\x08\x01\x02\x03\x04",
];

const IMAGES: readonly (readonly [Uint8Array, ImageHeader])[] = [
	[pngImage(new Random(1)), { type: "image/png", width: 32, height: 32 }],
	[bytes("GIF89a\x01\x02\x03\x04"), { type: "image/gif", width: 0x201, height: 0x403 }],
	[
		bytes("BM", "\0".repeat(12), "\x28\0\0\0", "\x05\0\0\0", "\xfa\xff\xff\xff"),
		{ type: "image/bmp", width: 5, height: 6 },
	],
	[bytes("RIFF\0\0\0\0WEBPVP8 ", "\0".repeat(10), "\x10\x40\x20\0"), { type: "image/webp", width: 16, height: 32 }],
	[bytes("RIFF\0\0\0\0WEBPVP8L", "\0\0\0\0\x2f", "\x0f\xc0\x07\0"), { type: "image/webp", width: 16, height: 32 }],
	[bytes("RIFF\0\0\0\0WEBPVP8X", "\0".repeat(8), "\x0f\0\0\x1f\0\0"), { type: "image/webp", width: 16, height: 32 }],
	[bytes(...JPEG), { type: "image/jpeg", width: 0x304, height: 0x102 }],
];

test.each(IMAGES)("an image is known by its first bytes: %#", (image, header) => {
	expect(readImageHeader(image)).toEqual(header);
});

test("an image that ends in its header is none, wherever it ends", () => {
	for (const [image, { type }] of IMAGES) {
		const needed = type === "image/png" ? 24 : image.byteLength;
		for (let length = 0; length < needed; length++) expect(readImageHeader(image.subarray(0, length))).toBeUndefined();
	}
});

test("what can hold a script is none", () => {
	expect(readImageHeader(bytes("<svg xmlns='http://www.w3.org/2000/svg'></svg>"))).toBeUndefined();
	expect(readImageHeader(bytes("<html></html>"))).toBeUndefined();
});
