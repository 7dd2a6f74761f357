import { checkChains } from "./chainCheck";
import type { CheckedState } from "./checkedState";
import type { DatabaseHead } from "./databaseHead";
import type { DatabaseObject } from "./faults";
import { checkFreelist } from "./freelistCheck";
import { UNUSED } from "./pageUses";
import { checkPointerMap, pagesPerPointerMap } from "./pointerMapCheck";
import { readSchema } from "./schema";
import { lacksRoot, SCHEMA, type SchemaObject, schemaObject } from "./schemaObjects";
import { checkSpilledHeaders } from "./spilledHeaders";
import { type Tree, TreeWalk } from "./treeWalk";

/**
 * Checks one state of a database and answers its trees; halts now and then. `objects` is given each of them by its root. `all`: whether
 * nothing is known of the leaves, so that they are best read in file order.
 */
export function* checkState(
	state: CheckedState,
	{ header, firstTrunk, freePages, largestRoot, incrementalVacuum }: DatabaseHead,
	objects: Map<number, DatabaseObject>,
	all: boolean,
): Generator<void, readonly Tree[]> {
	const { uses, faults, format } = state;
	uses.reserve(format.pageSize, largestRoot > 0 ? pagesPerPointerMap(format) : undefined);
	checkFreelist(state, firstTrunk, freePages);

	const walk = new TreeWalk(state);
	const leaves: number[] = [];
	objects.set(1, SCHEMA.object);
	const before = faults.count;
	walk.walk(SCHEMA, false, leaves);
	const schemaIsSound = faults.count === before;
	const named: SchemaObject[] = [];
	for (const row of readSchema(state, leaves, header.encoding ?? "utf-8")) {
		const entry = schemaObject(row);
		if (entry) named.push(entry);
		else if (lacksRoot(row)) faults.add(1, `has no root page for ${row.type} ${row.name} in the schema`);
	}
	let highest = 1;
	for (const entry of named) {
		const { rootPage, type, name } = entry.object;
		if (rootPage < 1 || rootPage > uses.pageCount) {
			faults.add(
				1,
				`has page ${rootPage} as the root of ${type} ${name} in the schema, which the database does not have`,
			);
			continue;
		}
		highest = Math.max(highest, rootPage);
		if (!objects.has(rootPage)) objects.set(rootPage, entry.object);
		walk.walk(entry, all);
		yield;
	}
	if (all) yield* walk.checkPending();
	checkChains(state);
	if (faults.count === 0) checkSpilledHeaders(state, walk.headerSpills);
	if (largestRoot > 0) {
		if (largestRoot !== highest) {
			faults.addOfHeader(
				`has ${largestRoot} as the largest root page in the database's header where the schema has ${highest}`,
			);
		}
		checkPointerMap(state);
	} else if (incrementalVacuum) {
		faults.addOfHeader("asks for incremental vacuum in a database without a pointer map");
	}
	if (faults.count === 0) compareEntries(walk, state);
	// Where the schema cannot be read, nothing tells what pages are for.
	if (schemaIsSound) {
		for (let page = 1; page <= uses.pageCount; page++) {
			if (uses.use[page] === UNUSED) faults.add(page, "is not used by anything");
		}
	}
	return walk.trees;
}

/** Every index that leaves no rows out has one entry for each row of its table. */
function compareEntries({ trees }: TreeWalk, { faults }: CheckedState): void {
	const rows = new Map<string, number>();
	for (const { object, entries } of trees) if (object.type === "table") rows.set(object.name, entries);
	for (const { object, complete, entries } of trees) {
		const expected = rows.get(object.table);
		if (!complete || expected === undefined || expected === entries) continue;
		faults.add(object.rootPage, `is the root of ${entries} entries where table ${object.table} has ${expected} rows`);
	}
}
