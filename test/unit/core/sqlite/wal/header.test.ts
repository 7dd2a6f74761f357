import { expect, test } from "vitest";
import { FormatError } from "../../../../../src/core/formatError";
import { frameOffset, parseWalHeader } from "../../../../../src/core/sqlite/wal/header";
import { writeWal } from "../../../../support/sqlite/writeWal";

function faultOf(bytes: Uint8Array): string | undefined {
	try {
		parseWalHeader(bytes);
		return undefined;
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return `byte ${error.offset}: ${error.message}`;
	}
}

test.each([false, true])("what the header says, checksums over big-endian words: %s", (bigEndian) => {
	const wal = writeWal(65_536, [], { bigEndian, salts: [0xfffffffe, 7], checkpointSequence: 41 });

	expect(parseWalHeader(wal)).toEqual({
		bigEndianChecksum: bigEndian,
		pageSize: 65_536,
		checkpointSequence: 41,
		salt1: 0xfffffffe,
		salt2: 7,
		checksum1: Buffer.from(wal).readUInt32BE(24),
		checksum2: Buffer.from(wal).readUInt32BE(28),
	});
});

const edit = (offset: number, ...bytes: number[]) => {
	const wal = writeWal(512, []);
	wal.set(bytes, offset);
	return wal;
};

test.each([
	["no bytes", new Uint8Array(0), "byte 0: the file ends after 0 of the 32 bytes of a WAL header"],
	["31 bytes", writeWal(512, []).subarray(0, 31), "byte 31: the file ends after 31 of the 32 bytes of a WAL header"],
	["another magic", edit(3, 0x84), "byte 0: the magic number 0x377f0684 is not that of a WAL"],
	["a small magic", edit(0, 0), "byte 0: the magic number 0x007f0682 is not that of a WAL"],
	["the other order of words", edit(3, 0x83), "byte 24: the header's checksum is wrong"],
	["another version", edit(7, 0x19), "byte 4: the WAL version 3007001 is not 3007000"],
	["pages of 513 bytes", edit(11, 1), "byte 8: the page size 513 is no power of two from 512 to 65536"],
	["pages of 256 bytes", edit(10, 1), "byte 8: the page size 256 is no power of two from 512 to 65536"],
	["pages of 131072 bytes", edit(9, 2, 0), "byte 8: the page size 131072 is no power of two from 512 to 65536"],
	["another sequence", edit(15, 1), "byte 24: the header's checksum is wrong"],
	["another salt", edit(23, 1), "byte 24: the header's checksum is wrong"],
	["another checksum", edit(31, 1), "byte 24: the header's checksum is wrong"],
])("%s: no header", (_, bytes, fault) => {
	expect(faultOf(bytes)).toBe(fault);
});

test("frames follow one another behind the header", () => {
	expect([0, 1, 100_000].map((n) => frameOffset(n, 65_536))).toEqual([32, 65_592, 6_556_000_032]);
});
