import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore, storeFindings } from "../../../src/core/snapshot/catalog";
import type { Finding } from "../../../src/core/verify/finding";
import type { ReadView } from "../../../src/extension/stores/knownStore";
import {
	childrenOfGeneration,
	childrenOfReap,
	childrenOfSnapshot,
	childrenOfStore,
} from "../../../src/extension/tree/children";
import { findingLabel } from "../../../src/extension/tree/findingLabel";
import type { TreeNode } from "../../../src/extension/tree/node";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import { flipBit } from "../../support/stores/damage";
import { buildPlannedReap, buildRqliteV10 } from "../../support/stores/rqliteV10Store";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { storeNode } from "./storeNode";

/** Two generations: a full snapshot with two incremental ones, then a full one alone. */
function storeOfTwoGenerations(): { readonly directory: string; readonly snapshots: readonly BuiltSnapshot[] } {
	const directory = temporaryDirectory();
	const snapshots = buildStore(directory, (store) => {
		store.database.run("create table t(a)");
		store.full({ index: 9 });
		store.database.run("insert into t values(1)");
		store.incremental({ index: 10 });
		store.database.run("insert into t values(2)");
		store.incremental({ index: 105 });
		store.full({ index: 200 });
	});
	return { directory, snapshots };
}

async function listed(directory: string): Promise<ReadView> {
	const store = await readStore(nodeFiles(directory));
	return { state: "read", store, findings: storeFindings(store), verified: false };
}

async function verified(directory: string): Promise<ReadView> {
	const view = await listed(directory);
	return { ...view, ...(await verifyDirectory(directory, view.store)), verified: true };
}

/** The whole tree below a store, one line for each node: depth, what it is, its health. */
function outline(view: ReadView): string[] {
	const lines: string[] = [];
	const add = (node: TreeNode, depth: number): void => {
		lines.push("\t".repeat(depth) + line(node));
		for (const child of childrenOf(node)) {
			expect(child.parent).toBe(node);
			add(child, depth + 1);
		}
	};
	for (const node of childrenOfStore(storeNode, view)) add(node, 0);
	return lines;
}

function allIds(view: ReadView): string[] {
	const idsBelow = (node: TreeNode): string[] => [node.id, ...childrenOf(node).flatMap(idsBelow)];
	return childrenOfStore(storeNode, view).flatMap(idsBelow);
}

function childrenOf(node: TreeNode): readonly TreeNode[] {
	if (node.kind === "generation") return childrenOfGeneration(node);
	if (node.kind === "reap") return childrenOfReap(node);
	return node.kind === "snapshot" ? childrenOfSnapshot(node) : [];
}

function line(node: TreeNode): string {
	switch (node.kind) {
		case "generation":
			return `${node.generation.name}${node.generation.current ? " current" : ""} ${node.health ?? "sound"}`;
		case "snapshot":
			return `${node.snapshot.id.split("-", 2).join("-")}${node.newest ? " newest" : ""} ${node.health ?? "sound"}`;
		case "finding":
			return `${node.finding.severity} ${node.finding.code}`;
		case "reap-step":
			return `${node.number}. ${node.step.what}`;
		case "message":
			return node.message.reason;
		default:
			return node.kind;
	}
}

test("generations and snapshots stand newest first, by number and not by name", async () => {
	const { directory } = storeOfTwoGenerations();
	expect(outline(await listed(directory))).toEqual([
		"0000000002 current sound",
		"	2-200 newest sound",
		"0000000001 sound",
		"	2-105 sound",
		"	2-10 sound",
		"	2-9 sound",
	]);
});

test("a finding stands on the part it concerns, and what depends on that part is marked", async () => {
	const { directory, snapshots } = storeOfTwoGenerations();
	rmSync(join(directory, snapshots[1]!.file));
	writeFileSync(join(directory, snapshots[3]!.path, "meta.json"), "");
	writeFileSync(join(directory, "generations", "stray"), "");
	expect(outline(await listed(directory))).toEqual([
		"0000000002 current error",
		"	2-200 newest error",
		"		error meta-unreadable",
		"0000000001 error",
		"	2-105 error",
		"	2-10 error",
		"		error wal-missing",
		"	2-9 sound",
		"info stray-entry",
	]);
});

test("what a verification finds in a WAL stands on its snapshot", async () => {
	const { directory, snapshots } = storeOfTwoGenerations();
	flipBit(join(directory, snapshots[1]!.file), 32 + 24 + 100);
	expect(outline(await listed(directory)).filter((text) => text.includes("error"))).toEqual([]);
	expect(outline(await verified(directory))).toEqual([
		"0000000002 current sound",
		"	2-200 newest sound",
		"0000000001 error",
		"	2-105 error",
		"	2-10 error",
		"		error wal-checksum-mismatch",
		"	2-9 sound",
	]);
});

test("damage that opening one snapshot has shown marks every snapshot whose chain holds the file", async () => {
	const { directory, snapshots } = storeOfTwoGenerations();
	const view = await listed(directory);
	const found: Finding = {
		code: "wal-torn-frame",
		severity: "error",
		path: snapshots[1]!.file,
		snapshots: [snapshots[1]!.id],
		message: "It was cut.",
		advice: "Take another.",
	};
	expect(outline({ ...view, findings: [found] })).toEqual([
		"0000000002 current sound",
		"	2-200 newest sound",
		"0000000001 error",
		"	2-105 error",
		"	2-10 error",
		"		error wal-torn-frame",
		"	2-9 sound",
	]);
});

test("a reap of rqlite 10 that was cut short stands below the store, step by step", async () => {
	const directory = temporaryDirectory();
	buildPlannedReap(directory);
	expect(outline(await listed(directory))).toEqual([
		"2-7-1000 current sound",
		"	2-9 newest sound",
		"	2-7 sound",
		"reap",
		"	1. checkpoint 1 WAL into 2-7-1000/data.db",
		"	2. write the checksum of 2-7-1000/data.db anew",
		"	3. remove the directory 2-9-2000",
		"	4. write meta.json of 2-7-1000 anew",
		"	5. check the database 2-7-1000/data.db",
		"	6. rename 2-7-1000 to 2-9-5000",
		"warning reap-plan-pending",
	]);
	const ids = allIds(await listed(directory));
	expect(new Set(ids).size).toBe(ids.length);
});

test("a store without a snapshot says so", async () => {
	const directory = temporaryDirectory();
	buildStore(directory, () => {});
	expect(outline(await listed(directory))).toEqual(["no-snapshot"]);
});

test("ids are one of a kind, and stay when a snapshot is added", async () => {
	const { directory, snapshots } = storeOfTwoGenerations();
	for (const { path } of snapshots) writeFileSync(join(directory, path, "meta.json"), "{}");
	const before = allIds(await listed(directory));
	expect(new Set(before).size).toBe(before.length);

	const later = snapshots[3]!.path.replace(/[^/]*$/, "3-300-1800000000000");
	rmSync(join(directory, snapshots[1]!.path), { recursive: true });
	cpSync(join(directory, snapshots[2]!.path), join(directory, later), { recursive: true });
	const after = new Set(allIds(await listed(directory)));
	expect(before.filter((id) => !after.has(id)).every((id) => id.includes(snapshots[1]!.id))).toBe(true);
	expect([...after].some((id) => id.endsWith(later))).toBe(true);
});

test("a finding's label leaves out the path that the tree shows above it", async () => {
	const { directory, snapshots } = storeOfTwoGenerations();
	writeFileSync(join(directory, "generations/0000000001/note.txt"), "");
	rmSync(join(directory, snapshots[1]!.path, "meta.json"));
	const labels = (nodes: readonly TreeNode[]): string[] =>
		nodes.flatMap((node) => (node.kind === "finding" ? [findingLabel(node)] : labels(childrenOf(node))));
	expect(labels(childrenOfStore(storeNode, await listed(directory)))).toEqual([
		"meta.json is missing.",
		"note.txt is no part of a generation.",
	]);
});

test("in a store without generations every part has an id of its own, and a finding stands once", async () => {
	const directory = temporaryDirectory();
	buildRqliteV10(directory, (store) => {
		store.database.run("create table t(a)");
		store.full("2-8-1000");
		store.database.run("insert into t values(1)");
		store.incremental("2-9-2000");
	});
	rmSync(join(directory, "2-8-1000", "meta.json"));
	const view = await listed(directory);
	const ids = allIds(view);
	expect(new Set(ids).size).toBe(ids.length);
	const lines = outline(view).filter((text) => text.includes("meta-missing"));
	expect(lines).toHaveLength(1);
});
