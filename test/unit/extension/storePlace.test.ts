import { expect, test } from "vitest";
import { storePlace } from "../../../src/extension/commands/storePlace";

const SNAPSHOT = "/data/store/generations/0000000002/2-7-1795387547713";

test.each([SNAPSHOT, `${SNAPSHOT}/`, `${SNAPSHOT}/meta.json`, `${SNAPSHOT}/wal`])("%s is of a snapshot", (path) => {
	expect(storePlace(path)).toEqual({ store: "/data/store", generation: "0000000002", snapshot: "2-7-1795387547713" });
});

test.each([
	"snapshots/2-7-1795387547713",
	"snapshots/2-7-1795387547713/state.bin",
	"rsnapshots/2-7-1795387547713.db",
	"rsnapshots/2-7-1795387547713/meta.json",
	"wsnapshots/2-7-1795387547713/data.db",
	"wsnapshots/2-7-1795387547713/000001795389523000140355-000001.wal",
])("%s is of a snapshot of rqlite", (path) => {
	const [store] = path.split("/");
	expect(storePlace(`/data/${path}`)).toEqual({
		store: `/data/${store}`,
		generation: undefined,
		snapshot: "2-7-1795387547713",
	});
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
	"/data/wsnapshots",
	"/data/wsnapshots/2-7-1.tmp",
	"/data/wsnapshots/2-7-1/data.db.crc32",
	"/data/rsnapshots/2-7-1.db-wal",
	"/data/notes/2026-11-23",
])("%s is of none", (path) => {
	expect(storePlace(path)).toBeUndefined();
});
