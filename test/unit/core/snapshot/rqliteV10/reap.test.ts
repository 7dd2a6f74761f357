import { mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { NODE_PATH, type ReapStage } from "../../../../support/stores/rqliteV10Store";
import { A, ALL, B, C, D, sound, story } from "./story";

/** What the reap of the story calls the full snapshot in the end. */
const REAPED = "3-106-5000";
const PENDING = "! warning reap-plan-pending REAP_PLAN";

const reaped = (until: ReapStage) => story((builder) => builder.reap(REAPED, until));

/** What `look` shows of the story's chain while no snapshot of it can be read. */
const REFUSED = [
	PENDING,
	`${A} current: base`,
	`  ${A} full: refused by reap-superseded`,
	`    ! error reap-superseded ${A}/data.db > ${ALL}`,
	`  ${B} incremental: refused by reap-superseded`,
	`  ${C} incremental: refused by reap-superseded`,
	`  ${D} incremental: refused by reap-superseded`,
	`newest ${D}`,
];
/** Once the database holds the state of the newest, under its old name. */
const NEWEST_ALONE = [
	PENDING,
	`${A} current: base`,
	`  ${A} full: refused by reap-superseded`,
	`    ! error reap-superseded ${A}/data.db > ${A} ${B} ${C}`,
	`  ${B} incremental: refused by reap-superseded`,
	`  ${C} incremental: refused by reap-superseded`,
	`  ${D} incremental: exact`,
	`newest ${D}`,
];
const ALMOST_DONE = [PENDING, `${REAPED} current: base`, `  ${REAPED} full: exact`, `newest ${REAPED}`];

describe("a reap that was cut short", () => {
	test("before its first operation: nothing has been done", async () => {
		const store = reaped("planned");
		expect(await store.look()).toEqual(sound({ store: [PENDING] }));
		expect(await store.message("reap-plan-pending")).toBe(
			"REAP_PLAN: a reap was cut short before it changed anything.",
		);
	});

	test.each([1, 2, 3])("with %d of 4 WALs in the database: no snapshot of the chain can be read", async (wals) => {
		const store = reaped({ wals });
		expect(await store.look()).toEqual(REFUSED);
		expect(await store.message("reap-plan-pending")).toBe(
			`REAP_PLAN: a reap was cut short while it moved WALs into ${A}/data.db: no snapshot of that chain can be read until it is finished.`,
		);
	});

	test.each([0, 1, 3])("with %d in it and the next beside it", async (wals) => {
		expect(await reaped({ wals, beside: true }).look()).toEqual(REFUSED);
	});

	test("with all WALs in the database: it is the state of the newest, and its checksum that of the one before", async () => {
		const store = reaped("checkpointed");
		expect(await store.look()).toEqual(NEWEST_ALONE);
		expect((await store.read()).generations[0]?.base?.sidecar).toBeUndefined();
		expect(await store.message("reap-superseded")).toBe(
			`${A}/data.db holds the state of ${D}: a reap that was cut short has moved the WALs of its chain there.`,
		);
		store.remove(`${A}/data.db.crc32`);
		expect(await store.look()).toEqual(NEWEST_ALONE);
	});

	test("after its checksum was written anew", async () => {
		expect(await reaped("summed").look()).toEqual(NEWEST_ALONE);
	});

	test("while it removed the others, oldest first", async () => {
		const store = reaped("summed");
		store.remove(B);
		store.remove(`${C}/meta.json`);
		expect(await store.look()).toEqual(
			NEWEST_ALONE.flatMap((line) => {
				if (line.startsWith(`  ${B}`)) return [];
				return [line.replace(`> ${A} ${B} ${C}`, `> ${A} ${C}`)];
			}),
		);
	});

	test("with the newest one's directory removed: its state is listed as what the node will call it", async () => {
		const store = reaped("removed");
		expect(await store.look()).toEqual(ALMOST_DONE);
		expect((await store.read()).newest).toMatchObject({ path: A, generation: REAPED, index: 106n });
		expect(await store.message("reap-plan-pending")).toBe(
			`REAP_PLAN: a reap was cut short after it had moved all WALs into ${A}/data.db, which holds the state of the newest snapshot of its chain.`,
		);
	});

	test("with meta.json written anew under the old name", async () => {
		expect(await reaped("described").look()).toEqual(ALMOST_DONE);
	});

	test("with all done but to remove its plan", async () => {
		const store = reaped("renamed");
		expect(await store.look()).toEqual(ALMOST_DONE);
		expect(await store.message("reap-plan-pending")).toBe(
			"REAP_PLAN: a reap was cut short when all was done but to remove its plan.",
		);
	});

	test("leaves what was lost before it lost", async () => {
		const store = reaped("checkpointed");
		store.remove(`${A}/data.db`);
		expect((await store.look()).slice(1, 4)).toEqual([
			`${A} current: no base`,
			`  ${A} full: refused by base-missing`,
			`    ! error base-missing ${A}/data.db > ${ALL}`,
		]);
	});

	test("cannot be judged where a directory cannot be looked into", async () => {
		const store = reaped("checkpointed");
		store.remove(C);
		symlinkSync("nowhere", store.at(C));
		expect(await store.look()).toEqual(REFUSED);
	});
});

describe("a reap of a full snapshot with the leader's WALs", () => {
	const RECEIVED = "3-106-4500";
	const received = (until: ReapStage) =>
		story((builder) => {
			builder.received(RECEIVED);
			builder.reap(REAPED, until);
		});

	test("leaves the older chains alone, until it removes them", async () => {
		const older = sound()
			.slice(0, -1)
			.map((line) => line.replace(" current", ""));
		expect(await received({ wals: 2 }).look()).toEqual([
			PENDING,
			...older,
			`${RECEIVED} current: base`,
			`  ${RECEIVED} full: refused by reap-superseded`,
			`    ! error reap-superseded ${RECEIVED}/data.db > ${RECEIVED}`,
			`newest ${RECEIVED}`,
		]);
	});

	test("leaves it the state that it had, once all WALs are in its database", async () => {
		expect((await received("checkpointed").look()).slice(-3)).toEqual([
			`${RECEIVED} current: base`,
			`  ${RECEIVED} full: exact`,
			`newest ${RECEIVED}`,
		]);
		expect(await received("described").look()).toEqual([
			PENDING,
			`${RECEIVED} current: base`,
			`  ${RECEIVED} full: exact`,
			`newest ${RECEIVED}`,
		]);
	});
});

describe("a reap that only removes older snapshots", () => {
	const FULL = "3-110-5000";
	const removing = (until: ReapStage) =>
		story((builder) => {
			builder.full(FULL);
			builder.reap(REAPED, until);
		});
	const NEWEST = [`${FULL} current: base`, `  ${FULL} full: exact`, `newest ${FULL}`];

	test("leaves the newest as it is", async () => {
		const store = removing("planned");
		expect((await store.look()).slice(-3)).toEqual(NEWEST);
		expect(await store.message("reap-plan-pending")).toBe(
			"REAP_PLAN: a reap was cut short while it removed snapshots that are older than the newest full one.",
		);
	});

	test("may have removed a part of a directory: that was meant to go", async () => {
		const store = removing("planned");
		store.remove(`${A}/data.db`);
		store.remove(`${B}/meta.json`);
		expect(await store.look()).toEqual([
			PENDING,
			`${A}: no base`,
			`  ${A} full: refused by reap-superseded`,
			`    ! error reap-superseded ${A} > ${ALL}`,
			`  ${B} incremental: refused by reap-superseded`,
			`    ! error meta-missing ${B}/meta.json`,
			`  ${C} incremental: refused by reap-superseded`,
			`  ${D} incremental: refused by reap-superseded`,
			...NEWEST,
		]);
	});
});

describe("the plan", () => {
	test("is shown as what the node will do, step by step, with paths in this store", async () => {
		const store = reaped("planned");
		const wals = [B, C, D].flatMap((id) => store.wals(id));
		expect((await store.read()).pendingReap).toEqual({
			path: "REAP_PLAN",
			steps: [
				{ what: `checkpoint 4 WALs into ${A}/data.db`, paths: [`${A}/data.db`, ...wals] },
				{ what: `write the checksum of ${A}/data.db anew`, paths: [`${A}/data.db`, `${A}/data.db.crc32`] },
				{ what: `remove the directory ${B}`, paths: [B] },
				{ what: `remove the directory ${C}`, paths: [C] },
				{ what: `remove the directory ${D}`, paths: [D] },
				{ what: `write meta.json of ${A} anew`, paths: [A] },
				{ what: `check the database ${A}/data.db`, paths: [`${A}/data.db`] },
				{ what: `rename ${A} to ${REAPED}`, paths: [A, REAPED] },
			],
		});
	});

	test("names other operations, and paths that are not in this store, as they stand in it", async () => {
		const store = story();
		const ops = [
			{ type: "mkdir_all", dst: `${NODE_PATH}/${B}` },
			{ type: "copy_file", src: `${NODE_PATH}/${B}/meta.json`, dst: "/tmp/x\u2028y" },
			{ type: "remove", src: `${NODE_PATH}/${B}/meta.json` },
			{ type: "checkpoint", db: "/tmp/data.db", wals: ["/tmp/1.wal"] },
			{ type: "truncate", src: "/tmp" },
		];
		store.write("REAP_PLAN", JSON.stringify({ ops }));
		expect((await store.read()).pendingReap?.steps).toEqual([
			{ what: `make the directory ${B}`, paths: [B] },
			{ what: `copy ${B}/meta.json to /tmp/x\\u{2028}y`, paths: [`${B}/meta.json`] },
			{ what: `remove the file ${B}/meta.json`, paths: [`${B}/meta.json`] },
			{ what: "checkpoint 1 WAL into /tmp/data.db", paths: [] },
			{ what: "do what a newer version of rqlite calls truncate", paths: [] },
		]);
		expect((await store.look()).slice(1)).toEqual(sound());
	});

	test("that names a WAL that is nowhere in this store: nothing can be relied on", async () => {
		const store = story();
		const wals = [`${NODE_PATH}/${store.wals(B)[0]}`, "/elsewhere/2.wal"];
		const ops = [{ type: "checkpoint", db: `${NODE_PATH}/${A}/data.db`, wals }];
		store.write("REAP_PLAN", JSON.stringify({ ops }));
		expect(await store.look()).toEqual(REFUSED);
	});

	test.each([
		["cut short", '{"ops":[{"ty'],
		["empty", ""],
		["no plan", '{"ops":[{"type":"rename"}]}'],
		["too large", " ".repeat((1 << 22) + 1)],
	])("that is %s cannot be read: snapshots whose files are there can", async (_, text) => {
		const store = story();
		store.write("REAP_PLAN", text);
		expect(await store.look()).toEqual(sound({ store: ["! warning reap-plan-unreadable REAP_PLAN"] }));
	});

	test("that cannot be read, of a reap that had begun: the WALs' checksums tell of it", async () => {
		const store = reaped({ wals: 1 });
		store.write("REAP_PLAN", "");
		expect(await store.look()).toEqual(["! warning reap-plan-unreadable REAP_PLAN", ...REFUSED.slice(1)]);
	});

	test("that is no file", async () => {
		const store = story();
		mkdirSync(store.at("REAP_PLAN"));
		expect(await store.look()).toEqual(sound({ store: ["! error not-a-file REAP_PLAN"] }));
	});
});
