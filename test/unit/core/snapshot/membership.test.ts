import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStore, storeSnapshots } from "../../../../src/core/snapshot/catalog";
import { type MembershipChange, membershipChanges } from "../../../../src/core/snapshot/membership";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import type { Server } from "../../../support/stores/meta";
import { buildStore } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

const server = (id: string, address: string, suffrage: Server["suffrage"] = "voter"): Server => ({
	id,
	address,
	suffrage,
});
const n1 = server("n1", "one:4002");
const n2 = server("n2", "two:4002", "nonvoter");
const n3 = server("n3", "three:4002");

/** A full snapshot at index 1, incremental ones behind it, and from the third configuration on a second generation. */
async function changesOf(
	configurations: readonly (readonly Server[])[],
	edit: (directory: string, paths: readonly string[]) => void = () => {},
): Promise<readonly string[]> {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table t(a)");
		for (const [n, servers] of configurations.entries()) {
			store.database.run("insert into t values(1)");
			const options = { term: 1, index: n + 1, milliseconds: 1000, servers };
			if (n === 0 || n === 2) store.full(options);
			else store.incremental(options);
		}
	});
	edit(
		directory,
		built.map(({ path }) => join(directory, path, "meta.json")),
	);
	return membershipChanges(storeSnapshots(await readStore(nodeFiles(directory)))).map(told);
}

function told({ snapshot, server, before, after }: MembershipChange): string {
	const text = (member: typeof before) => (member === undefined ? "-" : `${member.address} ${member.suffrage}`);
	return `${snapshot} ${server}: ${text(before)} > ${text(after)}`;
}

test("a configuration that stays, in whatever order its servers stand, is no change", async () => {
	expect(await changesOf([])).toEqual([]);
	expect(await changesOf([[n1, n2]])).toEqual([]);
	expect(
		await changesOf([
			[n1, n2],
			[n2, n1],
		]),
	).toEqual([]);
});

test("servers come, go, move and are promoted, from one generation to the next too", async () => {
	const moved = server("n2", "elsewhere:4002", "voter");
	expect(await changesOf([[n1], [n1, n2], [n3, moved], [n3, n1, moved]])).toEqual([
		"1-2-1000 n2: - > two:4002 nonvoter",
		"1-3-1000 n1: one:4002 voter > -",
		"1-3-1000 n2: two:4002 nonvoter > elsewhere:4002 voter",
		"1-3-1000 n3: - > three:4002 voter",
		"1-4-1000 n1: - > one:4002 voter",
	]);
});

test("a snapshot that does not tell its configuration is passed over", async () => {
	const configurations = [[n1], [n1, n2], [], [n1, n2, n3]];
	expect(await changesOf(configurations, (_, [, second]) => rmSync(second!))).toEqual([
		"1-4-1000 n2: - > two:4002 nonvoter",
		"1-4-1000 n3: - > three:4002 voter",
	]);
	const unreadable = (_: string, [first]: readonly string[]) => writeFileSync(first!, "{}");
	expect(await changesOf(configurations, unreadable)).toEqual(["1-4-1000 n3: - > three:4002 voter"]);
});
