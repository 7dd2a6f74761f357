import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LiveDatabase } from "../sqlite/liveDatabase";
import { type BuiltSnapshot, buildStore, type StoreOptions } from "./storeBuilder";

/** Nodes of a cluster as their snapshots' configuration names them. */
export const CLUSTER = ["node1", "node2", "node3"].map(
	(id, at) => ({ id, address: `localhost:${4002 + 2 * at}`, suffrage: "voter" }) as const,
);

/**
 * Writes a node's data directory as it is found when the node has been killed: its Raft log (no real one), its database
 * with a table `t` of the values 1 and 2, of which 2 is in the log alone, and with `store` a store of two snapshots in
 * a directory of that name. Answers the snapshots.
 */
export function buildDataDirectory(
	directory: string,
	{ store, ...options }: StoreOptions & { readonly store?: string } = {},
): readonly BuiltSnapshot[] {
	if (store !== undefined) {
		return buildStore(
			join(directory, store),
			(builder) => {
				builder.database.run("create table t(a)");
				builder.full();
				builder.database.run("insert into t values(1)");
				builder.incremental();
				builder.database.run("insert into t values(2)");
				leaveBehind(builder.database, directory);
			},
			options,
		);
	}
	const database = new LiveDatabase(options);
	try {
		database.run("create table t(a); insert into t values(1)");
		database.cutWal();
		database.run("insert into t values(2)");
		leaveBehind(database, directory);
	} finally {
		database.close();
	}
	return [];
}

function leaveBehind(database: LiveDatabase, directory: string): void {
	mkdirSync(directory, { recursive: true });
	for (const name of ["db.sqlite", "db.sqlite-wal"]) {
		copyFileSync(join(database.directory, name), join(directory, name));
	}
	writeFileSync(join(directory, "raft.db"), "no real one");
}
