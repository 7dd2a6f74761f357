import { expect, test } from "vitest";
import type { DatabaseSpace, ObjectSpace } from "../../../../src/protocol/space";
import { spaceRows } from "../../../../src/webview/space/spaceRows";

function object(type: "table" | "index", name: string, table: string, leafPages: number): ObjectSpace {
	return {
		object: { type, name, table, rootPage: 2 },
		entries: 0,
		interiorPages: 1,
		leafPages,
		overflowPages: 0,
		payloadBytes: 0,
		freeBytes: 0,
		damaged: false,
	};
}

test("tables are in the order of what they take with their indexes, which follow them, other pages last", () => {
	const space: DatabaseSpace = {
		pageSize: 10,
		pageCount: 100,
		objects: [
			object("table", "small", "small", 19),
			object("index", "i", "large", 9),
			object("table", "large", "large", 14),
			object("index", "j", "large", 24),
		],
		freePages: 3,
		pointerMapPages: 0,
		lockBytePages: 1,
		lostPages: 2,
	};
	const told = spaceRows(space).map((row) => ["name" in row ? row.name : row.kind, row.bytes]);
	expect(told).toEqual([
		["large", 150],
		["j", 250],
		["i", 100],
		["small", 200],
		["free", 30],
		["lock-byte", 10],
		["lost", 20],
	]);
});
