import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { picture } from "../../support/stores/picture";
import { buildPlannedReap } from "../../support/stores/rqliteV10Store";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { snapstore } from "./snapstore";

test("list --json is the contract's document, with terms and indexes as text", async () => {
	const store = temporaryDirectory();
	const [full, second, third, newest] = buildShop(store);
	const before = picture(store);

	const { status, stdout, stderr } = await snapstore("list", store, "--json");

	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
	expect(JSON.parse(stdout)).toEqual({
		stores: [
			{
				root: ".",
				layout: "generations",
				fullNeeded: false,
				newest: newest.id,
				generations: [
					{
						name: "0000000001",
						current: false,
						snapshots: [
							{
								id: full.id,
								term: "2",
								index: "7",
								kind: "full",
								createdAt: "2026-11-23T08:01:00.000Z",
								sizeBytes: 8192,
								files: ["generations/0000000001/base.sqlite"],
							},
							{
								id: second.id,
								term: "2",
								index: "10",
								kind: "incremental",
								createdAt: "2026-11-23T08:02:00.000Z",
								sizeBytes: 4152,
								files: [`generations/0000000001/${second.id}/wal`],
							},
							{
								id: third.id,
								term: "2",
								index: "18446744073709551615",
								kind: "incremental",
								createdAt: "2026-11-23T08:03:00.000Z",
								sizeBytes: 4152,
								files: [`generations/0000000001/${third.id}/wal`],
							},
						],
					},
					{
						name: "0000000002",
						current: true,
						snapshots: [
							{
								id: newest.id,
								term: "3",
								index: "4",
								kind: "full",
								createdAt: "2026-11-23T08:04:00.000Z",
								sizeBytes: 8192,
								files: ["generations/0000000002/base.sqlite"],
							},
						],
					},
				],
				findings: [],
			},
		],
	});
	expect(picture(store)).toEqual(before);
});

test("list for people", async () => {
	const store = temporaryDirectory();
	const [, second] = buildShop(store);
	rmSync(join(store, second.path, "wal"));
	const { status, stdout } = await snapstore("list", store);

	expect(status).toBe(0);
	expect(stdout).toMatchInlineSnapshot(`
		"Store . (generations)

		Generation 0000000001
		  SNAPSHOT                              KIND         TERM                 INDEX  CREATED                   BYTES
		  2-7-1795420860000                     full            2                     7  2026-11-23T08:01:00.000Z   8192
		  2-10-1795420920000                    incremental     2                    10  2026-11-23T08:02:00.000Z      0
		  2-18446744073709551615-1795420980000  incremental     2  18446744073709551615  2026-11-23T08:03:00.000Z   4152

		Generation 0000000002, current
		  SNAPSHOT             KIND  TERM  INDEX  CREATED                   BYTES
		  3-4-1795421040000 *  full     3      4  2026-11-23T08:04:00.000Z   8192

		* newest snapshot
		error: generations/0000000001/2-10-1795420920000/wal is missing; this snapshot and those after it cannot be rebuilt.
		"
	`);
});

test("several stores are listed by their paths below the directory", async () => {
	const top = temporaryDirectory();
	for (const root of ["b", "a/deep", 'with "quotes"\nand \u202eback']) buildShop(join(top, root));
	mkdirSync(join(top, "node_modules/x/generations/0000000001"), { recursive: true });
	writeFileSync(join(top, "generations"), "a file of that name");

	const json: { stores: { root: string }[] } = JSON.parse((await snapstore("list", top, "--json")).stdout);
	expect(json.stores.map(({ root }) => root)).toEqual(["a/deep", "b", 'with "quotes"\nand \u202eback']);

	const { stdout } = await snapstore("list", top);
	expect(stdout).toContain('Store with "quotes"\\u{a}and \\u{202e}back (generations)');
	expect(stdout).not.toContain("\u202e");

	const one = await snapstore("list", top, "--store", "a/deep", "--json");
	expect(JSON.parse(one.stdout)).toEqual({ stores: [json.stores[0]] });
});

test("a store without snapshots is listed as such", async () => {
	const store = temporaryDirectory();
	mkdirSync(join(store, "generations"));

	expect(JSON.parse((await snapstore("list", store, "--json")).stdout)).toEqual({
		stores: [{ root: ".", layout: "generations", fullNeeded: true, newest: null, generations: [], findings: [] }],
	});
	expect(await snapstore("list", store)).toMatchObject({
		status: 0,
		stdout: "Store . (generations), the next snapshot must be full\n\nNo snapshots.\n",
	});
});

test("a reap of rqlite 10 that was cut short is told step by step, by list and by verify", async () => {
	const store = temporaryDirectory();
	buildPlannedReap(store);

	const json = JSON.parse((await snapstore("list", store, "--json")).stdout);
	expect(json.stores[0].pendingReap).toEqual({
		path: "REAP_PLAN",
		steps: [
			{
				what: "checkpoint 1 WAL into 2-7-1000/data.db",
				paths: ["2-7-1000/data.db", expect.stringMatching(/^2-9-2000\/.*\.wal$/)],
			},
			{
				what: "write the checksum of 2-7-1000/data.db anew",
				paths: ["2-7-1000/data.db", "2-7-1000/data.db.crc32"],
			},
			{ what: "remove the directory 2-9-2000", paths: ["2-9-2000"] },
			{ what: "write meta.json of 2-7-1000 anew", paths: ["2-7-1000"] },
			{ what: "check the database 2-7-1000/data.db", paths: ["2-7-1000/data.db"] },
			{ what: "rename 2-7-1000 to 2-9-5000", paths: ["2-7-1000", "2-9-5000"] },
		],
	});
	const text = [
		"Reap cut short. Steps of REAP_PLAN that the node takes at its next start, those already done included:",
		"  1. checkpoint 1 WAL into 2-7-1000/data.db",
		"  2. write the checksum of 2-7-1000/data.db anew",
		"  3. remove the directory 2-9-2000",
		"  4. write meta.json of 2-7-1000 anew",
		"  5. check the database 2-7-1000/data.db",
		"  6. rename 2-7-1000 to 2-9-5000",
		"",
	].join("\n");
	expect((await snapstore("list", store)).stdout).toContain(text);
	expect((await snapstore("verify", store)).stdout).toContain(text);
});
