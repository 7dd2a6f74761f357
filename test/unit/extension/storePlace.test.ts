import { expect, test } from "vitest";
import { storePlace } from "../../../src/extension/commands/storePlace";

const SNAPSHOT = "/data/store/generations/0000000002/2-7-1795387547713";

test.each([SNAPSHOT, `${SNAPSHOT}/`, `${SNAPSHOT}/meta.json`, `${SNAPSHOT}/wal`])("%s is of a snapshot", (path) => {
	expect(storePlace(path)).toEqual({ store: "/data/store", generation: "0000000002", snapshot: "2-7-1795387547713" });
});

test("a base is of its generation", () => {
	expect(storePlace("/data/generations/12/base.sqlite")).toEqual({
		store: "/data",
		generation: "12",
		snapshot: undefined,
	});
});

test("the innermost store counts, and a line break in a name breaks nothing", () => {
	const store = "/a/generations/1/2-3-4/b\nc";
	expect(storePlace(`${store}/generations/1/5-6-7/wal`)?.store).toBe(store);
});

test.each([
	"/data/store",
	"/data/generations",
	"/data/generations/0000000001",
	"/data/generations/0000000001.tmp/2-7-1",
	"/data/generations/1/2-7-1.tmp/wal",
	"/data/generations/1/2-7-1/other",
	"/data/generations/1/base.sqlite-wal",
])("%s is of none", (path) => {
	expect(storePlace(path)).toBeUndefined();
});
