import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { flipBit } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { failure, snapstore } from "./snapstore";

const GENERATION = "generations/0000000002";
let store: string;
let old: BuiltSnapshot;
let full: BuiltSnapshot;
let wals: readonly BuiltSnapshot[];
/** A generation of one snapshot, then one of a full and three incremental ones. */
beforeEach(() => {
	store = join(temporaryDirectory(), "store");
	const [first, second, ...rest] = buildStore(store, (builder) => {
		builder.database.run("create table goods(id integer primary key, name text)");
		builder.full();
		builder.full();
		for (const name of ["tea", "cup", "pot"]) {
			builder.database.run("insert into goods(name) values(?)", name);
			builder.incremental();
		}
	});
	[old, full, wals] = [first!, second!, rest];
});

function stepsOf(): readonly object[] {
	const [third] = wals;
	const checkpointing = `${GENERATION}/base.sqlite-wal`;
	return [
		expect.objectContaining({ step: "write-plan", path: "reap-plan.json" }),
		{ step: "remove-generation", path: "generations/0000000001" },
		{ step: "remove-snapshot", path: full.path },
		{ step: "move-wal", path: third!.file, to: checkpointing },
		{ step: "remove-snapshot", path: third!.path },
		{ step: "checkpoint", path: checkpointing, into: `${GENERATION}/base.sqlite` },
		{ step: "remove-plan", path: "reap-plan.json" },
	];
}

test("a dry run answers the plan and writes nothing at all", async () => {
	const before = picture(store);
	const { status, stdout, stderr } = await snapstore("reap", store, "--dry-run", "--json");
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
	expect(JSON.parse(stdout)).toEqual({ plan: stepsOf(), done: false, removed: [], checkpointed: [] });
	const people = await snapstore("reap", store, "--dry-run");
	expect(people.stdout).toContain(`7  remove-plan        reap-plan.json\n\nA dry run: nothing was done.\n`);
	expect(picture(store)).toEqual(before);
});

test("keeps the two newest, exact to the byte, and says what is gone", async () => {
	const [third] = wals;
	const { status, stdout, stderr } = await snapstore("reap", store, "--json");
	expect(status).toBe(0);
	expect(JSON.parse(stdout)).toEqual({
		plan: stepsOf(),
		done: true,
		removed: ["generations/0000000001", full.path, third!.path],
		checkpointed: [third!.file],
	});
	expect(stderr.trimEnd().split("\n")).toEqual([
		"step 1 of 7: write-plan reap-plan.json",
		"step 2 of 7: remove-generation generations/0000000001",
		`step 3 of 7: remove-snapshot ${full.path}`,
		`step 4 of 7: move-wal ${third!.file}`,
		`step 5 of 7: remove-snapshot ${third!.path}`,
		`step 6 of 7: checkpoint ${GENERATION}/base.sqlite-wal`,
		"step 7 of 7: remove-plan reap-plan.json",
	]);
	expect(Buffer.compare(readFileSync(join(store, GENERATION, "base.sqlite")), third!.image)).toBe(0);
	for (const { id, image } of wals.slice(1)) {
		const output = join(store, "..", "out.sqlite");
		expect(await snapstore("restore", store, id, "--output", output, "--force")).toMatchObject({ status: 0 });
		expect(Buffer.compare(readFileSync(output), image)).toBe(0);
	}
	expect(existsSync(join(store, old.path))).toBe(false);
	expect(await snapstore("reap", store)).toMatchObject({ status: 0, stdout: "Nothing to do.\n", stderr: "" });
});

test("--retain keeps more", async () => {
	const { stdout } = await snapstore("reap", store, "--retain", "4");
	expect(stdout).toContain("remove-generation");
	expect(stdout).not.toContain("remove-snapshot");
	expect(stdout).toMatch(/\n\nDone\.\n$/);
});

describe("is refused", () => {
	test.each([
		["1", "A reap must keep at least 2 snapshots; 1 were asked for."],
		["0", "A reap must keep at least 2 snapshots; 0 were asked for."],
		["two", "--retain takes a whole number, not two."],
	])("with --retain %s", async (retain, line) => {
		const before = picture(store);
		expect(await snapstore("reap", store, "--retain", retain)).toEqual(failure(2, line));
		expect(await snapstore("reap", store, "--retain", retain, "--dry-run")).toEqual(failure(2, line));
		expect(picture(store)).toEqual(before);
	});

	test("where a WAL is damaged", async () => {
		flipBit(join(store, wals[2]!.file), 100);
		const before = picture(join(store, "generations"));
		const refused = failure(1, /^snapstore: Nothing was reaped: .*frame 1 \(byte 32\).*\n$/);
		expect(await snapstore("reap", store, "--dry-run")).toEqual(refused);
		expect(await snapstore("reap", store)).toEqual(refused);
		expect(picture(join(store, "generations"))).toEqual(before);
	});
});
