import fc from "fast-check";
import { expect, test } from "vitest";
import { ScrollScale } from "../../../../src/webview/grid/scrollScale";

test("contents that an element can be as high as are scrolled as they are", () => {
	const scale = new ScrollScale(8_000_000, 500);
	expect([scale.elementPx, scale.isScaled]).toEqual([8_000_000, false]);
	expect([scale.toElement(123_456), scale.toContent(123_456), scale.clamp(9e9)]).toEqual([123_456, 123_456, 7_999_500]);
});

test("contents that are higher are scrolled from their first pixel to their last", () => {
	const scale = new ScrollScale(24_000_000_024, 500);
	expect([scale.elementPx, scale.isScaled]).toEqual([8_000_000, true]);
	expect([scale.toContent(0), scale.toContent(7_999_500)]).toEqual([0, 24_000_000_024 - 500]);
	// At the ends a pixel is a pixel.
	expect([scale.toContent(240), scale.toContent(7_999_500 - 24)]).toEqual([240, 24_000_000_024 - 524]);
	expect(scale.toContent(3_999_750)).toBeCloseTo((24_000_000_024 - 500) / 2, 3);
	const place = fc.double({ min: 0, max: 24_000_000_024 - 500, noNaN: true });
	fc.assert(
		fc.property(place, place, (one, other) => {
			expect(scale.toContent(scale.toElement(one))).toBeCloseTo(one, 3);
			if (one < other) expect(scale.toElement(one)).toBeLessThanOrEqual(scale.toElement(other));
		}),
	);
});
