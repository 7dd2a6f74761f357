import { describe, expect, onTestFinished, test } from "vitest";
import { FormatError } from "../../../../src/core/formatError";
import { parseDatabaseHeader } from "../../../../src/core/sqlite/databaseHeader";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { utf16Chain } from "../../../support/sqlite/utf16Chain";

function file(pageSize: number): Uint8Array {
	const live = new LiveDatabase({ pageSize });
	onTestFinished(() => live.close());
	live.run("create table t(a)");
	return live.file();
}

/** The header of a database of 512-byte pages with other bytes at an offset. */
function edited(offset: number, ...bytes: number[]): Uint8Array {
	const header = file(512).slice(0, 100);
	header.set(bytes, offset);
	return header;
}

function faultOf(bytes: Uint8Array): string {
	try {
		return JSON.stringify(parseDatabaseHeader(bytes));
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return `byte ${error.offset}: ${error.message}`;
	}
}

test.each([512, 1024, 2048, 4096, 8192, 16384, 32768, 65536])("pages of %i bytes", (pageSize) => {
	expect(parseDatabaseHeader(file(pageSize))).toEqual({
		pageSize,
		writeVersion: 2,
		readVersion: 2,
		reservedBytes: 0,
		pageCount: 2,
		encoding: "utf-8",
	});
});

test.each([
	["UTF-16le", "utf-16le"],
	["UTF-16be", "utf-16be"],
] as const)("%s", async (pragma, encoding) => {
	const { base } = await utf16Chain(pragma, ["create table t(a)"]);
	expect(parseDatabaseHeader(base).encoding).toBe(encoding);
});

describe("what a database may say", () => {
	test("that it reserves bytes on each page, as long as 480 are left", () => {
		expect(parseDatabaseHeader(edited(20, 32)).reservedBytes).toBe(32);
		expect(faultOf(edited(20, 33))).toBe("byte 20: 33 reserved bytes leave less than 480 of a page of 512 bytes");
	});

	test("that it is not to be written by anybody older than its write version", () => {
		expect(parseDatabaseHeader(edited(18, 9)).writeVersion).toBe(9);
	});

	test("a page count that an old writer has not kept", () => {
		expect(parseDatabaseHeader(edited(24, 0, 0, 0, 99)).pageCount).toBeUndefined();
		expect(parseDatabaseHeader(edited(28, 0, 0, 0, 0)).pageCount).toBeUndefined();
	});

	test("nothing of its encoding yet", () => {
		expect(parseDatabaseHeader(edited(56, 0, 0, 0, 0)).encoding).toBeUndefined();
	});
});

test.each([
	["no bytes", new Uint8Array(0), "byte 0: the file is empty; a database starts with a header of 100 bytes"],
	["99 bytes", new Uint8Array(99), "byte 99: the file ends after 99 of the 100 bytes of a database header"],
	["text", new TextEncoder().encode("x".repeat(200)), 'byte 0: it does not begin with "SQLite format 3"'],
])("%s are no database", (_, bytes, fault) => {
	expect(faultOf(bytes)).toBe(fault);
});

test.each([
	[15, [1], 'byte 15: it does not begin with "SQLite format 3"'],
	[16, [0, 0], "byte 16: the page size 0 is no power of two from 512 to 65536"],
	[16, [1, 0], "byte 16: the page size 256 is no power of two from 512 to 65536"],
	[16, [2, 1], "byte 16: the page size 513 is no power of two from 512 to 65536"],
	[16, [0, 2], "byte 16: the page size 2 is no power of two from 512 to 65536"],
	[19, [0], "byte 19: the read version 0 is neither 1 nor 2"],
	[19, [3], "byte 19: the read version 3 is neither 1 nor 2"],
	[56, [0, 0, 0, 4], "byte 56: the text encoding 4 is none that SQLite knows"],
	[56, [255, 255, 255, 255], "byte 56: the text encoding 4294967295 is none that SQLite knows"],
])("byte %i must not be %j", (offset, bytes, fault) => {
	expect(faultOf(edited(offset, ...bytes))).toBe(fault);
});

test("a header in the middle of other bytes", () => {
	const bytes = new Uint8Array(300).fill(9);
	bytes.set(file(4096).subarray(0, 100), 77);
	expect(parseDatabaseHeader(bytes.subarray(77, 177)).pageSize).toBe(4096);
});
