import { beforeAll, expect, test } from "vitest";
import type { SchemaObject } from "../../../../src/protocol/engine";
import { EngineSession } from "../../../../src/webview/engine/engineSession";
import { MEASURE_UNASKED_BYTES, SpaceMeasuring } from "../../../../src/webview/space/spaceMeasuring";
import { MemorySqlite } from "../../../support/sqlite/memorySqlite";
import { localEngines } from "../openSession";

const tables: readonly SchemaObject[] = ["fruit", "search", "search_content"].map((name) => ({
	kind: "table",
	name,
	table: name,
	sql: "",
}));

let file: Uint8Array;
beforeAll(async () => {
	// The SQLite that writes other fixtures has no full-text search of this kind.
	file = (await MemorySqlite.load()).write(`
		create table fruit(name); insert into fruit values ('fig'), ('plum');
		create virtual table search using fts4(words); insert into search values ('one two'), ('three'), ('four');
	`);
});

function measuringOf(pageCount: number, edit: (file: Uint8Array) => void = () => {}) {
	const bytes = file.slice();
	edit(bytes);
	const { enginesOver } = localEngines();
	const engines = enginesOver({ snapshot: "1-1-1", base: { path: "base.sqlite", bytes }, wals: [], pending: 0 });
	const states: string[] = [];
	const measuring: SpaceMeasuring = new SpaceMeasuring(
		{ pageSize: 4096, pageCount },
		tables,
		() => new EngineSession(engines, { allowDamaged: false }),
		() => states.push(measuring.state.name),
	);
	return { measuring, states };
}

test("a small database is measured unasked, and what has no pages of its own is counted", async () => {
	const { measuring, states } = measuringOf(1);
	await measuring.startUnlessLarge();
	expect(states).toContain("measuring");
	expect(measuring.state).toMatchObject({ name: "measured", faults: { count: 0 } });
	expect(Object.fromEntries(measuring.rowCounts)).toMatchObject({ fruit: 2, search: 3, search_content: 3 });
	const counts = states.length;
	await measuring.start();
	expect(states).toHaveLength(counts);
});

test("a large one waits to be asked, says what it would read, and can be stopped and asked again", async () => {
	const { measuring } = measuringOf(MEASURE_UNASKED_BYTES / 4096 + 1);
	await measuring.startUnlessLarge();
	const unasked = { name: "unasked", sizeBytes: MEASURE_UNASKED_BYTES + 4096 };
	expect(measuring.state).toEqual(unasked);
	const started = measuring.start();
	expect(measuring.state.name).toBe("measuring");
	measuring.stop();
	expect(measuring.state).toEqual(unasked);
	await started;
	expect(measuring.state).toEqual(unasked);
	expect(measuring.rowCounts.size).toBe(0);
	await measuring.start();
	expect(measuring.state.name).toBe("measured");
});

test("a damaged table has no count, and the others have theirs", async () => {
	const { measuring } = measuringOf(1, (file) => file.fill(0, 4096, 8192));
	await measuring.start();
	expect(measuring.state).toMatchObject({
		name: "measured",
		faults: { faults: [{ page: 2, object: { name: "fruit" } }] },
	});
	expect([measuring.rowCounts.get("fruit"), measuring.rowCounts.get("search_content")]).toEqual([undefined, 3]);
});

test("where a file cannot be read it says so", async () => {
	const session = { ask: () => Promise.reject(new Error("base.sqlite: the file has changed")), close: () => {} };
	const measuring = new SpaceMeasuring(
		{ pageSize: 4096, pageCount: 1 },
		[],
		() => session as unknown as EngineSession,
		() => {},
	);
	await measuring.start();
	expect(measuring.state).toEqual({ name: "failed", message: "base.sqlite: the file has changed" });
});
