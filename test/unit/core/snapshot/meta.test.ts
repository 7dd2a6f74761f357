import { describe, expect, test } from "vitest";
import { parseMeta } from "../../../../src/core/snapshot/meta";

const parse = (text: string) => parseMeta(new TextEncoder().encode(text));
const meta = (fields: Record<string, string>) => {
	const all = {
		Version: "1",
		ID: '"2-7-1000"',
		Index: "7",
		Term: "2",
		Peers: "null",
		Configuration: '{"Servers":[]}',
		ConfigurationIndex: "1",
		Size: "0",
		Full: "true",
		...fields,
	};
	return parse(
		`{${Object.entries(all)
			.map(([name, value]) => `"${name}":${value}`)
			.join(",")}}\n`,
	);
};
const sound = {
	version: 1,
	id: "2-7-1000",
	index: 7n,
	term: 2n,
	full: true,
	sizeBytes: 0n,
	configurationIndex: 1n,
	servers: [],
};

describe("what meta.json says", () => {
	test("is read field by field", () => {
		expect(meta({})).toEqual({ meta: sound, faults: [] });
	});

	test("with integers that no double holds", () => {
		expect(meta({ Index: "18446744073709551615", Term: "9007199254740993", Size: "-1" })).toEqual({
			meta: { ...sound, index: 18446744073709551615n, term: 9007199254740993n, sizeBytes: -1n },
			faults: [],
		});
	});

	test("with servers in their order, and names of any kind", () => {
		const servers =
			'[{"Suffrage":2,"ID":"<img onerror>","Address":"\\u202e"},{"Suffrage":0,"ID":"","Address":"[::1]:4002"},{"Suffrage":1,"ID":"b","Address":"b:1"}]';
		expect(meta({ Configuration: `{"Servers":${servers}}` }).meta.servers).toEqual([
			{ id: "<img onerror>", address: "\u202e", suffrage: "staging" },
			{ id: "", address: "[::1]:4002", suffrage: "voter" },
			{ id: "b", address: "b:1", suffrage: "nonvoter" },
		]);
	});

	test("without servers", () => {
		expect(meta({ Configuration: '{"Servers":null}' })).toEqual({ meta: sound, faults: [] });
	});

	test("with fields that are unknown, and white space", () => {
		expect(meta({ Crc: '"x"', ["__proto__"]: '{"ID":7}' })).toEqual({ meta: sound, faults: [] });
		expect(parse(' \r\n\t{"Version" : 1 }').meta.version).toBe(1);
	});

	test("with the checksum that rqlite 7 keeps", () => {
		expect(meta({ CRC: '"oInhBEZSzOo="' })).toEqual({ meta: { ...sound, crc64: "a089e1044652ccea" }, faults: [] });
		expect(meta({ CRC: '"AAAAAAAAAAE="' }).meta.crc64).toBe("0000000000000001");
		expect(meta({ CRC: "null" })).toEqual({ meta: sound, faults: [] });
	});

	test("without Full, as stores without generations have it", () => {
		const { meta, faults } = parse(
			'{"Version":1,"ID":"a","Index":1,"Term":1,"Configuration":{"Servers":[]},"ConfigurationIndex":1,"Size":0}',
		);
		expect([meta.full, faults]).toEqual([undefined, []]);
	});
});

test.each([
	[{ Index: '"7"' }, "Index is no whole number from 0 to 2^64-1"],
	[{ Index: "7.5" }, "Index is no whole number from 0 to 2^64-1"],
	[{ Index: "1e3" }, "Index is no whole number from 0 to 2^64-1"],
	[{ Index: "18446744073709551616" }, "Index is no whole number from 0 to 2^64-1"],
	[{ Term: "-1" }, "Term is no whole number from 0 to 2^64-1"],
	[{ Term: "null" }, "Term is no whole number from 0 to 2^64-1"],
	[{ ConfigurationIndex: "[1]" }, "ConfigurationIndex is no whole number from 0 to 2^64-1"],
	[{ Version: "2147483648" }, "Version is no whole number"],
	[{ Size: "true" }, "Size is no whole number of 64 bits"],
	[{ Size: "9223372036854775808" }, "Size is no whole number of 64 bits"],
	[{ Peers: "{}" }, "Peers is no base64"],
	[{ Peers: '"***"' }, "Peers is no base64"],
	[{ CRC: '"oInhBEZSzOo"' }, "CRC is no base64 of eight bytes"],
	[{ CRC: "7" }, "CRC is no base64 of eight bytes"],
	[{ ID: "7" }, "ID is no text"],
	[{ Full: '"true"' }, "Full is no truth value"],
	[{ Configuration: "null" }, "Configuration is no Raft configuration"],
	[{ Configuration: '{"Servers":{}}' }, "Configuration is no Raft configuration"],
	[{ Configuration: '{"Servers":[null]}' }, "Configuration is no Raft configuration"],
	[{ Configuration: '{"Servers":[{"Suffrage":3,"ID":"a","Address":"b"}]}' }, "Configuration is no Raft configuration"],
	[{ Configuration: '{"Servers":[{"Suffrage":0,"ID":1,"Address":"b"}]}' }, "Configuration is no Raft configuration"],
])("%j: a fault", (fields, fault) => {
	expect(meta(fields).faults).toEqual([fault]);
});

test("fields that are missing are faults, each", () => {
	expect(parse("{}").faults).toEqual(
		["Version", "ID", "Index", "Term", "Size", "ConfigurationIndex", "Configuration"].map(
			(name) => `${name} is missing`,
		),
	);
});

test.each([
	["nothing", ""],
	["null", "null"],
	["a number", "7"],
	["a list", "[{}]"],
	["text", '"{}"'],
	["a cut object", '{"Version":1,"ID":"2-'],
	["something behind it", '{"Version":1} {"Version":2}'],
	["a field twice", '{"Version":1,"Version":2}'],
	["a byte order mark", "\ufeff{}"],
	["a number too large for anything", `{"Index":1e99999}x`],
	["a million brackets", "[".repeat(1 << 20)],
	["a deep object", '{"a":'.repeat(100_000)],
])("%s is no meta.json", (_, text) => {
	expect(() => parse(text)).toThrow(SyntaxError);
});

test("bytes that are not UTF-8 are no meta.json", () => {
	expect(() => parseMeta(new Uint8Array([0x7b, 0xff, 0x7d]))).toThrow(new SyntaxError("it is not UTF-8"));
});

test("a number of a million digits is read in no time", () => {
	expect(meta({ Index: "9".repeat((1 << 20) - 1000) }).faults).toEqual(["Index is no whole number from 0 to 2^64-1"]);
}, 5000);
