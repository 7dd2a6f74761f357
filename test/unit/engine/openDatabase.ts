import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ByteSource, bytesSource } from "../../../src/core/files";
import { SnapshotDatabase } from "../../../src/engine/snapshotDatabase";
import { loadSqlite, type Sqlite } from "../../../src/engine/sqlite";
import type { Row } from "../../../src/protocol/values";
import { projectRoot } from "../../support/projectRoot";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";

/** sql.js as it ships; it starts once in a thread. */
export const sqlJs: Promise<Sqlite> = loadSqlite(
	readFileSync(join(projectRoot, "node_modules/sql.js/dist/sql-wasm.wasm")),
);

/** The engine over an image, for as long as the running test. */
export async function openDatabase(image: ByteSource | Uint8Array, sqlite?: Sqlite): Promise<SnapshotDatabase> {
	const source = image instanceof Uint8Array ? bytesSource(image) : image;
	const database = new SnapshotDatabase(sqlite ?? (await sqlJs), source);
	onTestFinished(() => database.close());
	return database;
}

/** The bytes of a database that a real SQLite wrote. */
export function written(sql: string, options?: ConstructorParameters<typeof LiveDatabase>[0]): Uint8Array {
	const live = new LiveDatabase(options);
	try {
		live.run(sql);
		return new Uint8Array(live.file());
	} finally {
		live.close();
	}
}

/** All rows of a statement. */
export function rowsOf(database: SnapshotDatabase, sql: string): Row[] {
	const cursor = database.query(sql);
	const rows: Row[] = [];
	for (let row = cursor.next(); row; row = cursor.next()) rows.push(row);
	return rows;
}
