import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bytesSource } from "../../../src/core/files";
import { readStore, storeSnapshots } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import { openImage } from "../../../src/core/snapshot/openImage";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { soundStores } from "../../damage/stores";
import { imageBytes } from "../../support/images/openBytes";
import { projectRoot } from "../../support/projectRoot";
import { writeSample } from "../../support/sample";
import { quickCheck } from "../../support/sqlite/oracle";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { openDatabase, written } from "./openDatabase";
import { compareWithQuotes } from "./quotedValues";

// Each value, as it comes to the page and is shown there, is what a real SQLite quotes.

const ODD_VALUES = `
	create table every(v, i integer, r real, t text, b blob, n numeric, g as (v || 'g'), s as (length(v)) stored);
	insert into every(v) values
		(null), (0), (-1), (9007199254740993), (9223372036854775807), (-9223372036854775807 - 1),
		(0.1), (1.0), (-0.5), (1e308), (5e-324), (1.7976931348623157e308), (1e999), (-1e999), (1e23), (123456789012345680.0),
		(''), ('it''s'), ('a' || char(0) || 'b'), ('é漢🌀'), (char(65279) || 'x'), (cast(x'c3280041' as text)), (char(8238, 10)),
		(x''), (x'00'), (zeroblob(5000)), (hex(randomblob(4000)));
	update every set i = v, r = v, t = v, b = v, n = v;
	create table "odd "" name"("a ""column""" text primary key, "select" any) without rowid;
	insert into "odd "" name" select rowid || '-' || quote(v), v from every;`;

/** Compares every snapshot of a store that opens without a finding and is sound; answers how many values there were. */
async function compareStore(directory: string): Promise<number> {
	let compared = 0;
	const store = await readStore(nodeFiles(directory));
	for (const snapshot of storeSnapshots(store)) {
		const chain = chainOf(store, snapshot);
		if (!chain.base || chain.broken.length > 0) continue;
		const files = await openChain(directory, chain);
		onTestFinished(files.close);
		const { image, report } = openImage(files, snapshot.id);
		if (!image || report.findings.length > 0) continue;
		const file = imageBytes(image);
		if (quickCheck(file).join() === "ok") compared += compareWithQuotes(await openDatabase(image), file);
	}
	return compared;
}

test("values of every kind", async () => {
	const file = written(ODD_VALUES);
	expect(compareWithQuotes(await openDatabase(file), file)).toBeGreaterThan(200);
});

test("every snapshot of the sample", async () => {
	const directory = temporaryDirectory();
	await writeSample(directory);
	expect(await compareStore(join(directory, "node1/snapshots"))).toBeGreaterThan(1000);
});

test("every snapshot of a store of each layout", async () => {
	for (const { images } of soundStores()) {
		for (const file of images.values()) {
			expect(compareWithQuotes(await openDatabase(bytesSource(file)), file)).toBeGreaterThan(100);
		}
	}
});

const fixtures = join(projectRoot, "../shared/fixtures");
const names = existsSync(fixtures)
	? readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory())
	: [];
describe.skipIf(names.length === 0)("every sound snapshot of the known stores", () => {
	test("together", { timeout: 300_000 }, async () => {
		let compared = 0;
		for (const { name } of names) compared += await compareStore(join(fixtures, name)).catch(orNoStore);
		console.log(`${compared} values of ${names.length} known stores are what SQLite quotes`);
		expect(compared).toBeGreaterThan(10_000);
	});
});

function orNoStore(error: unknown): number {
	if (error instanceof Error && error.name === "NotAStoreError") return 0;
	throw error;
}
