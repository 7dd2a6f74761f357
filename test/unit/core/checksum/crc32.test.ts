import { describe, expect, test } from "vitest";
import { crcText, createCrc32, readCrc } from "../../../../src/core/checksum/crc32";
import { createCrc32c } from "../../../../src/core/checksum/crc32c";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";

const ascii = (text: string) => new TextEncoder().encode(text);
const upTo31 = Uint8Array.from({ length: 32 }, (_, at) => at);

// RFC 3720, appendix B.4, and the check values of the catalogue of CRCs.
describe("the sums of known bytes", () => {
	test.each([
		["nothing", new Uint8Array(0), "00000000"],
		["123456789", ascii("123456789"), "e3069283"],
		["32 zeros", new Uint8Array(32), "8a9136aa"],
		["32 ones", new Uint8Array(32).fill(0xff), "62a8ab43"],
		["0 to 31", upTo31, "46dd794e"],
		["31 to 0", upTo31.slice().reverse(), "113fdb5c"],
	])("CRC-32C of %s", async (_, bytes, sum) => {
		const crc = await createCrc32c();
		crc.update(bytes);
		expect(crcText(crc.digest())).toBe(sum);
	});

	test.each([
		["nothing", "", "00000000"],
		["123456789", "123456789", "cbf43926"],
		["a", "a", "e8b7be43"],
	])("CRC-32 of %s", async (_, text, sum) => {
		const crc = await createCrc32();
		crc.update(ascii(text));
		expect(crcText(crc.digest())).toBe(sum);
	});
});

test("a file in pieces has the sum of the whole, and the next one begins anew", async () => {
	const crc = await createCrc32c();
	const bytes = Uint8Array.from({ length: 2_500_000 }, (_, at) => (at * 2654435761) >>> 13);
	crc.update(bytes);
	const whole = crc.digest();
	const sumOf = (part: Uint8Array, sizeBytes: number) => readNow(readCrc(crc, sizeBytes), bytesSource(part));
	expect(sumOf(bytes, bytes.byteLength)).toBe(whole);
	expect(sumOf(ascii("123456789"), 9)).toBe(0xe3069283);
	// A file that has become shorter.
	expect(sumOf(ascii("123456789"), 5_000_000)).toBe(0xe3069283);
	expect(sumOf(bytes, bytes.byteLength)).toBe(whole);
});

test("two sums at the same time do not meet", async () => {
	const [one, other] = await Promise.all([createCrc32c(), createCrc32c()]);
	one.update(ascii("1234"));
	other.update(new Uint8Array(32));
	one.update(ascii("56789"));
	expect([crcText(one.digest()), crcText(other.digest())]).toEqual(["e3069283", "8a9136aa"]);
});
