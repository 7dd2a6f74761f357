import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planReap, planRecover } from "../../../src/store/maintain/maintain";
import type { ReapIntent } from "../../../src/store/maintain/reapIntent";
import { SoundLogs } from "../../../src/store/maintain/soundLogs";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { flipBit } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream, raft } from "../../support/streams/streams";
import { type GivenStore, givenStore } from "./givenStore";

const FIRST = "generations/0000000001";

/** The store's directory, and places in its first generation. */
function placesOf({ store, ids }: GivenStore) {
	const at = (...path: string[]) => join(store.directory, FIRST, ...path);
	return { at, wal: (n: number) => at(ids[n]!, "wal"), snapshot: (n: number) => at(ids[n]!) };
}

async function restored(store: SnapshotStore, id: string): Promise<Buffer> {
	const file = join(temporaryDirectory(), "restored.sqlite");
	await store.restore(id, file);
	return readFileSync(file);
}

describe("the plan says, before anything is done", () => {
	test("what a reap will do, step by step", async () => {
		const given = await givenStore(4);
		const { store, ids, base, wals } = given;
		const empty = await add(store, incrementalStream(new Uint8Array(0)), { index: 20n });
		await add(store, incrementalStream(new Uint8Array(0)), { index: 21n });
		await add(store, fullStream(base, wals), { index: 30n });
		const [full] = (await store.list()).map(({ id }) => id);
		rmSync(join(store.directory, "generations/0000000002"), { recursive: true });
		const before = picture(store.directory);
		const { steps, keep } = await planReap(store.directory);
		expect(picture(store.directory)).toEqual(before);
		expect(full).toMatch(/^1-30-/);
		expect(keep).toEqual([empty, expect.stringMatching(/^1-21-/)]);
		const plan: ReapIntent = {
			version: 1,
			generation: "0000000001",
			removeGenerations: [],
			removeSnapshots: ids,
			keep,
		};
		const checkpointing = `${FIRST}/base.sqlite-wal`;
		const walPaths = ids.slice(1).map((id) => `${FIRST}/${id}/wal`);
		expect(steps).toEqual([
			{ step: "write-plan", path: "reap-plan.json", plan },
			{ step: "merge-wals", path: walPaths.at(-1), from: walPaths.slice(0, -1), base: `${FIRST}/base.sqlite` },
			...ids
				.slice(0, -1)
				.reverse()
				.map((id) => ({ step: "remove-snapshot", path: `${FIRST}/${id}` })),
			{ step: "move-wal", path: walPaths.at(-1), to: checkpointing },
			{ step: "remove-snapshot", path: `${FIRST}/${ids.at(-1)}` },
			{ step: "checkpoint", path: checkpointing, into: `${FIRST}/base.sqlite` },
			{ step: "remove-plan", path: "reap-plan.json" },
		]);
		const seen: unknown[] = [];
		expect(await store.reap({ progress: (step, number, total) => seen.push([step, number, total]) })).toEqual({
			steps,
			keep,
		});
		expect(seen).toEqual(steps.map((step, n) => [step, n + 1, steps.length]));
	});

	test("and reads no log again that is known from a plan before", async () => {
		const given = await givenStore(4);
		const logs = new SoundLogs();
		await planReap(given.store.directory, { logs });
		const wal = placesOf(given).wal(3);
		const frames = logs.framesOf(wal);
		expect(frames?.pageNumbers.length).toBeGreaterThan(0);
		await planReap(given.store.directory, { logs });
		expect(logs.framesOf(wal)).toBe(frames);
		await given.store.reap({ logs });
		expect(logs.framesOf(wal)).toBe(frames);
	});

	test("that a recovery comes first, where one is needed", async () => {
		const given = await givenStore(3);
		const { at, wal, snapshot } = placesOf(given);
		const { store, ids, images } = given;
		rmSync(snapshot(0), { recursive: true });
		renameSync(wal(1), at("base.sqlite-wal"));
		mkdirSync(join(store.directory, "generations/0000000002.tmp"));
		const recovery = [
			{ step: "remove-leftover", path: "generations/0000000002.tmp" },
			{ step: "move-wal", path: `${FIRST}/base.sqlite-wal`, to: `${FIRST}/${ids[1]}/wal` },
		];
		expect(await planRecover(store.directory)).toMatchObject({ steps: recovery, problems: [] });
		const { steps } = await planReap(store.directory);
		expect(steps.slice(0, 2)).toEqual(recovery);
		expect((await store.reap()).steps).toEqual(steps);
		expect((await store.listAll()).map(({ id }) => id)).toEqual(ids.slice(-2));
		for (const [n, id] of ids.entries()) {
			if (n > 1) expect((await restored(store, id)).equals(images[n]!)).toBe(true);
		}
	});
});

describe("left as it is, and said", () => {
	type Case = readonly [string, string, (given: GivenStore) => void];
	const cases: readonly Case[] = [
		["a base that is missing", "base-missing", (given) => rmSync(placesOf(given).at("base.sqlite"))],
		[
			"two WALs whose order nobody knows",
			"damaged",
			(given) => {
				const { at, wal, snapshot } = placesOf(given);
				rmSync(snapshot(0), { recursive: true });
				cpSync(wal(1), at("base.sqlite-wal.a"));
				cpSync(wal(2), at("base.sqlite-wal.b"));
				for (const n of [1, 2]) rmSync(snapshot(n), { recursive: true });
			},
		],
		[
			"a checkpoint whose WAL is damaged",
			"damaged",
			(given) => {
				const { at, wal, snapshot } = placesOf(given);
				rmSync(snapshot(0), { recursive: true });
				renameSync(wal(1), at("base.sqlite-wal"));
				rmSync(snapshot(1), { recursive: true });
				flipBit(at("base.sqlite-wal"), 900);
			},
		],
		[
			"a full snapshot whose base may have changed",
			"damaged",
			(given) => {
				const { at, wal, snapshot } = placesOf(given);
				renameSync(wal(1), at("base.sqlite-wal"));
				rmSync(snapshot(1), { recursive: true });
			},
		],
		[
			"a plan that is none",
			"plan-unreadable",
			({ store }) => writeFileSync(join(store.directory, "reap-plan.json"), "{"),
		],
		["a plan of another store", "plan-unreadable", (given) => writePlan(given, { keep: ["1-2-3"] })],
		["a plan of no generation", "plan-unreadable", (given) => writePlan(given, { generation: "0000000009" })],
		[
			"a plan that takes the newest ones",
			"plan-unreadable",
			(given) => writePlan(given, { removeSnapshots: given.ids.slice(2), keep: given.ids.slice(0, 2) }),
		],
		[
			"a plan that takes what it keeps",
			"plan-unreadable",
			(given) => writePlan(given, { removeGenerations: ["0000000001"] }),
		],
	];
	test.each(cases)("%s: %s", async (_, code, damage) => {
		const given = await givenStore(3);
		const { store } = given;
		damage(given);
		const [before, generations] = [picture(store.directory), picture(join(store.directory, "generations"))];
		await expect(SnapshotStore.open(store.directory)).rejects.toMatchObject({ code });
		await expect(planReap(store.directory)).rejects.toMatchObject({ code });
		expect(picture(store.directory)).toEqual(before);
		expect(await store.recover()).toMatchObject({ steps: [], problems: [{ code, current: true }] });
		await expect(store.reap()).rejects.toMatchObject({ code });
		await expect(store.create(raft())).rejects.toMatchObject({ code });
		expect(picture(join(store.directory, "generations"))).toEqual(generations);
	});

	test("what lies in the newest generation without a snapshot, if it is somebody's own", async () => {
		const { store, base } = await givenStore(1);
		mkdirSync(join(store.directory, "generations/0000000002"));
		writeFileSync(join(store.directory, "generations/0000000002/base.sqlite"), base);
		writeFileSync(join(store.directory, "generations/0000000002/notes.txt"), "");
		expect((await planRecover(store.directory)).steps).toEqual([]);
		await add(store, fullStream(base), { index: 20n });
		expect(await store.generations()).toEqual(["0000000001", "0000000002", "0000000003"]);
	});

	test("directories of other names that end in .tmp, and stray files", async () => {
		const { store } = await givenStore(1);
		const strays = ["generations/mine.tmp/x", `${FIRST}/mine.tmp/x`, `${FIRST}/README.md`, "generations/note"];
		for (const stray of strays) {
			mkdirSync(join(store.directory, stray, ".."), { recursive: true });
			writeFileSync(join(store.directory, stray), "");
		}
		expect((await planRecover(store.directory)).steps).toEqual([]);
		await store.recover();
		for (const stray of strays) expect(existsSync(join(store.directory, stray))).toBe(true);
	});
});

describe("damage anywhere in the generation stops a reap before its first step", () => {
	test.each([0, 1, 2, 3])("in the WAL of snapshot %i", async (n) => {
		const given = await givenStore(3);
		if (n === 0) flipBit(placesOf(given).at("base.sqlite"), 3);
		else flipBit(placesOf(given).wal(n), 900);
		const before = picture(join(given.store.directory, "generations"));
		await expect(given.store.reap()).rejects.toMatchObject({ code: "damaged" });
		expect(picture(join(given.store.directory, "generations"))).toEqual(before);
		expect(existsSync(join(given.store.directory, "reap-plan.json"))).toBe(false);
	});
});

describe("links are not followed", () => {
	test("a scratchpad that is one goes, what it points at stays", async () => {
		const { store, ids, base } = await givenStore(1);
		rmSync(join(store.directory, "scratchpad"), { recursive: true });
		symlinkSync("generations/0000000001", join(store.directory, "scratchpad"));
		await SnapshotStore.open(store.directory);
		expect((await store.listAll()).map(({ id }) => id)).toEqual(ids);
		expect(existsSync(join(store.directory, "scratchpad"))).toBe(false);
		await add(store, fullStream(base), { index: 20n });
	});

	test("an unfinished snapshot that is one goes alone", async () => {
		const { store, ids } = await givenStore(1);
		symlinkSync("0000000001", join(store.directory, "generations/0000000002.tmp"));
		symlinkSync(ids[0]!, join(store.directory, FIRST, `${ids[1]}.tmp`));
		expect((await store.recover()).steps).toHaveLength(2);
		expect((await store.listAll()).map(({ id }) => id)).toEqual(ids);
		expect(readdirSync(join(store.directory, FIRST))).toHaveLength(3);
	});

	test.each(["generation", "base", "wal"])(
		"a %s that is one is neither reaped nor followed by a snapshot",
		async (which) => {
			const given = await givenStore(3);
			const { store, wals } = given;
			const { at, wal } = placesOf(given);
			const elsewhere = join(temporaryDirectory(), "elsewhere");
			const inside = join(store.directory, "elsewhere");
			for (const target of [elsewhere, inside]) {
				const link = { generation: join(store.directory, FIRST), base: at("base.sqlite"), wal: wal(1) }[which]!;
				renameSync(link, target);
				symlinkSync(target, link);
				const before = look(target);
				await expect(store.reap()).rejects.toMatchObject({ name: "StoreError" });
				await expect(add(store, incrementalStream(wals[2]!), { index: 20n })).rejects.toMatchObject({
					name: "StoreError",
				});
				expect(look(target)).toEqual(before);
				rmSync(link);
				renameSync(target, link);
			}
		},
	);

	test("a newer generation that is a link to an older one does not destroy it", async () => {
		const { store, ids } = await givenStore(1);
		symlinkSync("0000000001", join(store.directory, "generations/0000000002"));
		await expect(store.reap()).rejects.toMatchObject({ code: "symbolic-link" });
		rmSync(join(store.directory, "generations/0000000002"));
		expect((await store.listAll()).map(({ id }) => id)).toEqual(ids);
	});
});

function look(path: string): string | string[] {
	return statSync(path).isDirectory() ? picture(path) : readFileSync(path, "base64");
}

/** A plan as one that was begun would be, but for what is said. */
function writePlan({ store, ids }: GivenStore, changed: Partial<ReapIntent>): void {
	const plan: ReapIntent = {
		version: 1,
		generation: "0000000001",
		removeGenerations: [],
		removeSnapshots: ids.slice(0, -2),
		keep: ids.slice(-2),
		...changed,
	};
	writeFileSync(join(store.directory, "reap-plan.json"), JSON.stringify(plan));
}
