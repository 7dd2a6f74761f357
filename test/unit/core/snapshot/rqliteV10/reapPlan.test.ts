import { describe, expect, test } from "vitest";
import { storePath } from "../../../../../src/core/snapshot/rqliteV10/planPaths";
import { parseReapPlan } from "../../../../../src/core/snapshot/rqliteV10/reapPlan";

const parse = (text: string) => parseReapPlan(new TextEncoder().encode(text));

describe("the text of a plan", () => {
	test("every operation, with the fields that it has", () => {
		const operations = [
			{ type: "checkpoint", db: "/d", wals: ["/1", "/2"] },
			{ type: "rename", src: "/a", dst: "/b" },
			{ type: "copy_file", src: "/a", dst: "/b" },
			{ type: "calc_crc32", src: "/a", dst: "/b" },
			{ type: "remove", src: "/a" },
			{ type: "remove_all", src: "/a" },
			{ type: "verify_db", src: "/a" },
			{ type: "mkdir_all", dst: "/b" },
			{ type: "write_meta", dst: "/b" },
		];
		const written = operations.map((operation) =>
			operation.type === "write_meta" ? { ...operation, data: { Index: 1 } } : operation,
		);
		expect(parse(JSON.stringify({ ops: written, n_reaped: 4, n_checkpointed: 2 }))).toEqual(operations);
	});

	test("without operations, without WALs, and of a newer version", () => {
		expect(parse('{"ops":[]}')).toEqual([]);
		expect(parse('{"ops":[{"type":"checkpoint","db":"/d"}]}')).toEqual([{ type: "checkpoint", db: "/d", wals: [] }]);
		expect(parse('{"ops":[{"type":"sync\\u2028dir","src":7}]}')).toEqual([
			{ type: "unknown", name: "sync\\u{2028}dir" },
		]);
	});

	test.each([
		["[]", "it is no JSON object"],
		["{}", "ops is no list"],
		['{"ops":{}}', "ops is no list"],
		['{"ops":["remove"]}', "operation 1 is no object"],
		['{"ops":[{"type":"remove","src":"/a"},{"src":"/a"}]}', "operation 2 has no type"],
		['{"ops":[{"type":"rename","src":"/a"}]}', "operation 1 has no dst"],
		['{"ops":[{"type":"rename","src":"","dst":"/b"}]}', "operation 1 has no src"],
		['{"ops":[{"type":"verify_db","src":1}]}', "operation 1 has no src"],
		['{"ops":[{"type":"checkpoint","db":"/d","wals":"/1"}]}', "operation 1 has wals that are no list of texts"],
		['{"ops":[{"type":"checkpoint","db":"/d","wals":[1]}]}', "operation 1 has wals that are no list of texts"],
		['{"ops":[],"ops":[1]}', "the key ops stands in it twice"],
	])("%s is none", (text, why) => {
		expect(() => parse(text)).toThrow(SyntaxError);
		expect(() => parse(text)).toThrow(why);
	});
});

test.each([
	["/var/lib/rqlite/node1/wsnapshots/2-9-1000/data.db", "2-9-1000/data.db"],
	["/var/lib/rqlite/node1/wsnapshots/2-9-1000", "2-9-1000"],
	["C:\\rqlite\\wsnapshots\\2-9-1000\\data.db", "2-9-1000/data.db"],
	["2-9-1000/data.db", "2-9-1000/data.db"],
	["/wsnapshots/2-9-1000-2/data.db", "2-9-1000-2/data.db"],
	["/etc/passwd", undefined],
	["/wsnapshots/2-9-1000/..", undefined],
	["/wsnapshots/2-9-1000/.", undefined],
	["/wsnapshots/2-9-1000/", undefined],
	["/wsnapshots/REAP_PLAN", undefined],
	["", undefined],
])("a plan's path %j stands for %j in the store", (path, mapped) => {
	expect(storePath(path)).toBe(mapped);
});
