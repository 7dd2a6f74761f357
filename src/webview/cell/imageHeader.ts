/** What the first bytes of an image say. */
export interface ImageHeader {
	readonly type: "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/bmp";
	readonly width: number;
	readonly height: number;
}

/** Type and size of an image by its first bytes, of the formats that a page can draw and that hold no script. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	try {
		return readPng(view) ?? readGif(view) ?? readBmp(view) ?? readWebp(view) ?? readJpeg(view);
	} catch (error) {
		if (error instanceof RangeError) return undefined; // shorter than its header
		throw error;
	}
}

/** https://www.w3.org/TR/png/#11IHDR */
function readPng(view: DataView): ImageHeader | undefined {
	if (!startsWith(view, 0, "\x89PNG\r\n\x1a\n")) return undefined;
	return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt, section 18 */
function readGif(view: DataView): ImageHeader | undefined {
	if (!startsWith(view, 0, "GIF87a") && !startsWith(view, 0, "GIF89a")) return undefined;
	return { type: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader */
function readBmp(view: DataView): ImageHeader | undefined {
	if (!startsWith(view, 0, "BM") || view.getUint32(14, true) < 40) return undefined;
	return { type: "image/bmp", width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function readWebp(view: DataView): ImageHeader | undefined {
	if (!startsWith(view, 0, "RIFF") || !startsWith(view, 8, "WEBP")) return undefined;
	const type = "image/webp";
	if (startsWith(view, 12, "VP8 ")) {
		return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
	}
	if (startsWith(view, 12, "VP8L")) {
		const bits = view.getUint32(21, true);
		return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	if (!startsWith(view, 12, "VP8X")) return undefined;
	const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
	return { type, width: uint24(24) + 1, height: uint24(27) + 1 };
}

/** Goes from segment to segment up to the frame's header: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B. */
function readJpeg(view: DataView): ImageHeader | undefined {
	if (!startsWith(view, 0, "\xff\xd8\xff")) return undefined;
	for (let at = 2; view.getUint8(at) === 0xff; ) {
		const marker = view.getUint8(at + 1);
		if (marker === 0xff) at += 1;
		else if (isFrameHeader(marker)) {
			return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		} else at += 2 + view.getUint16(at + 2);
	}
	return undefined;
}

/** SOF0 to SOF15, without the three markers among them that mean something else. */
function isFrameHeader(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function startsWith(view: DataView, offset: number, text: string): boolean {
	if (offset + text.length > view.byteLength) return false;
	for (let at = 0; at < text.length; at++) {
		if (view.getUint8(offset + at) !== text.charCodeAt(at)) return false;
	}
	return true;
}
