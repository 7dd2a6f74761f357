import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { picture } from "../../support/stores/picture";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { failure, snapstore } from "./snapstore";

const GENERATION = "generations/0000000001";
let store: string;
let full: BuiltSnapshot;
/** Between it and a newest one. */
let incremental: BuiltSnapshot;
beforeEach(() => {
	store = temporaryDirectory();
	const [first, second] = buildStore(store, (builder) => {
		builder.database.run("create table goods(id integer primary key, name text)");
		builder.full();
		builder.database.run("insert into goods values(1, 'tea')");
		builder.incremental();
		builder.incremental();
	});
	[full, incremental] = [first!, second!];
});

const recover = (...args: string[]) => snapstore("recover", store, ...args);

test("has nothing to do in a store that is in order, and touches nothing", async () => {
	const before = picture(store);
	expect(await recover()).toMatchObject({ status: 0, stdout: "Nothing to do.\n", stderr: "" });
	expect(await recover("--dry-run", "--json")).toMatchObject({
		status: 0,
		stdout: '{"plan":[],"done":false,"removed":[],"checkpointed":[]}\n',
	});
	expect(picture(store)).toEqual(before);
});

test("finishes a checkpoint and removes what is unfinished", async () => {
	const checkpointing = `${GENERATION}/base.sqlite-wal`;
	renameSync(join(store, incremental.file), join(store, checkpointing));
	for (const { path } of [full, incremental]) rmSync(join(store, path), { recursive: true });
	mkdirSync(join(store, "generations/0000000002.tmp"));
	const plan = [
		{ step: "remove-leftover", path: "generations/0000000002.tmp" },
		{ step: "checkpoint", path: checkpointing, into: `${GENERATION}/base.sqlite` },
	];
	const before = picture(store);
	expect(JSON.parse((await recover("--dry-run", "--json")).stdout)).toEqual({
		plan,
		done: false,
		removed: [],
		checkpointed: [],
	});
	expect(picture(store)).toEqual(before);

	const { status, stdout, stderr } = await recover("--json");
	expect({ status, stderr }).toEqual({
		status: 0,
		stderr: `step 1 of 2: remove-leftover generations/0000000002.tmp\nstep 2 of 2: checkpoint ${checkpointing}\n`,
	});
	expect(JSON.parse(stdout)).toEqual({
		plan,
		done: true,
		removed: ["generations/0000000002.tmp"],
		checkpointed: [checkpointing],
	});
	const base = readFileSync(join(store, GENERATION, "base.sqlite"));
	expect(Buffer.compare(base, incremental.image)).toBe(0);
});

test("cannot bring back a base, and says so", async () => {
	rmSync(join(store, GENERATION, "base.sqlite"));
	const before = picture(store);
	expect(await recover()).toEqual(failure(1, /^snapstore: .*base\.sqlite is missing.*\n$/));
	const dry = await recover("--dry-run");
	expect(dry).toMatchObject({ status: 0, stdout: "Nothing to do.\n" });
	expect(dry.stderr).toContain("base.sqlite is missing");
	expect(picture(store)).toEqual(before);
});
