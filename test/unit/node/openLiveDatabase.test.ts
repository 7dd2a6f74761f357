import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openImage } from "../../../src/core/snapshot/openImage";
import { type OpenLiveDatabase, openLiveDatabase } from "../../../src/node/openLiveDatabase";
import { imageBytes } from "../../support/images/openBytes";
import { projectRoot } from "../../support/projectRoot";
import { databaseWithLog } from "../../support/sqlite/databaseWithLog";
import { queryAll } from "../../support/sqlite/oracle";
import { picture } from "../../support/stores/picture";

function rowsOf(opened: OpenLiveDatabase) {
	const { image, report } = openImage(opened, "live");
	expect(report.findings).toEqual([]);
	return queryAll(imageBytes(image!), "select a from t");
}

const LAZILY = { mostCopiedBytes: 0 };

test.each([
	["copied", {}],
	["read lazily", LAZILY],
])("%s, it is what SQLite would show, and nothing is touched", async (_, options) => {
	const live = databaseWithLog();
	const before = picture(live.directory);
	const opened = await openLiveDatabase(live.directory, options);
	expect(rowsOf(opened)).toEqual([[1n], [2n]]);
	opened.confirm();
	opened.close();
	expect(picture(live.directory)).toEqual(before);
});

test("a copied one stays as it was, whatever the node does", async () => {
	const live = databaseWithLog();
	const opened = await openLiveDatabase(live.directory);
	live.run("insert into t values(3)");
	live.cutWal();
	live.run("delete from t");
	expect(rowsOf(opened)).toEqual([[1n], [2n]]);
	opened.confirm();
});

test("one that is read lazily stays as it was while the node writes on, and says when it checkpoints", async () => {
	const live = databaseWithLog();
	const opened = await openLiveDatabase(live.directory, LAZILY);
	live.run("insert into t values(3)");
	expect(rowsOf(opened)).toEqual([[1n], [2n]]);
	opened.confirm();
	live.cutWal();
	expect(() => opened.confirm()).toThrow(/^The node checkpointed db\.sqlite while it was read\./);
	opened.close();
});

test("a database file that is replaced is noticed", async () => {
	const live = databaseWithLog();
	live.cutWal();
	const opened = await openLiveDatabase(live.directory, LAZILY);
	opened.confirm();
	live.run("vacuum");
	live.cutWal();
	expect(() => opened.confirm()).toThrow(/db\.sqlite changed while it was read/);
	opened.close();
});

interface Expected {
	readonly liveDatabases: readonly {
		readonly file: string;
		readonly imageSha256: string;
		readonly tables: readonly { readonly name: string; readonly rows: number }[];
	}[];
}

const FIXTURES = join(projectRoot, "../shared/fixtures");

test.runIf(existsSync(FIXTURES)).each(["e2e-v9", "v9.4.1-data-with-snapshots"])(
	"%s: what real nodes left",
	async (name) => {
		const expected: Expected = JSON.parse(readFileSync(join(FIXTURES, `${name}.expected.json`), "utf8"));
		for (const { file, imageSha256, tables } of expected.liveDatabases) {
			const directory = join(FIXTURES, name, file, "..");
			const { image } = openImage(await openLiveDatabase(directory), "live");
			expect(createHash("sha256").update(imageBytes(image!)).digest("hex")).toBe(imageSha256);
			for (const table of tables) {
				expect(queryAll(imageBytes(image!), `select count(*) from ${table.name}`)).toEqual([[BigInt(table.rows)]]);
			}
		}
	},
);
