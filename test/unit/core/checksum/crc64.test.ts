import { expect, test } from "vitest";
import { readCrc } from "../../../../src/core/checksum/crc32";
import { createCrc64 } from "../../../../src/core/checksum/crc64";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { crc64 } from "../../../support/stores/rqliteV7Store";

test("the CRC-64 of known texts", async () => {
	const crc = await createCrc64();
	const sum = (text: string) => {
		crc.reset();
		crc.update(new TextEncoder().encode(text));
		return crc.digest();
	};
	expect([sum("123456789"), sum(""), sum("123456789")]).toEqual([
		"995dc9bbdf1939fa",
		"0000000000000000",
		"995dc9bbdf1939fa",
	]);
});

test("the CRC-64 of a file is that of its definition", async () => {
	const bytes = new Uint8Array(100_003).map((_, at) => (at * at) >> 3);
	expect(readNow(readCrc(await createCrc64(), bytes.byteLength), bytesSource(bytes))).toBe(crc64(bytes));
});
