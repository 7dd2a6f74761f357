import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readStore, storeSnapshots } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import { openImage } from "../../../src/core/snapshot/openImage";
import { worstSeverity } from "../../../src/core/verify/finding";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { StoreError } from "../../../src/store/storeError";
import { imageBytes } from "../../support/images/openBytes";
import { projectRoot } from "../../support/projectRoot";
import { integrityCheck } from "../../support/sqlite/oracle";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add } from "../../support/streams/streams";

// Stores that rqlite's own code wrote, where there are any beside the project.

interface Expected {
	readonly layout: string;
	readonly healthy: boolean;
	readonly emptyDirs?: readonly string[];
	readonly snapshots: readonly { readonly id: string; readonly imageSha256?: string }[];
}

const fixtures = join(projectRoot, "..", "shared", "fixtures");
const readExpected = (name: string): Expected =>
	JSON.parse(readFileSync(join(fixtures, `${name}.expected.json`), "utf8"));
const names = existsSync(fixtures)
	? readdirSync(fixtures)
			.filter((name) => name.endsWith(".expected.json"))
			.map((name) => name.replace(/\.expected\.json$/, ""))
			.filter((name) => readExpected(name).layout === "generations")
	: [];

/** A copy that may be written to. */
function copyOf(name: string): string {
	const directory = join(temporaryDirectory(), "store");
	mkdirSync(directory);
	if (existsSync(join(fixtures, name))) {
		cpSync(join(fixtures, name), directory, { recursive: true, verbatimSymlinks: true });
	}
	for (const empty of readExpected(name).emptyDirs ?? []) mkdirSync(join(directory, empty), { recursive: true });
	return directory;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of what plain reading makes of each snapshot, by id; those that it refuses are left out. */
async function read(directory: string): Promise<Map<string, string>> {
	const store = await readStore(nodeFiles(directory));
	const read = new Map<string, string>();
	for (const snapshot of storeSnapshots(store)) {
		const chain = chainOf(store, snapshot);
		if (chain.broken.length > 0) continue;
		const files = await openChain(directory, chain);
		const { image, report } = openImage(files, snapshot.id);
		if (image && report.findings.length === 0) read.set(snapshot.id, sha256(imageBytes(image)));
		files.close();
	}
	return read;
}

describe.runIf(names.length > 0)("stores that rqlite wrote", () => {
	test.each(names)("%s: opening it loses nothing that could be read", async (name) => {
		const directory = copyOf(name);
		const before = await read(directory);
		const pictureBefore = picture(directory);
		const expected = readExpected(name);
		const opened = await SnapshotStore.open(directory).catch((error: unknown) => error);
		expect(await read(directory)).toEqual(before);
		if (!(opened instanceof SnapshotStore)) {
			expect(opened).toBeInstanceOf(StoreError);
			expect(expected.healthy).toBe(false);
			expect(picture(directory)).toEqual(pictureBefore);
			return;
		}
		if (expected.healthy) expect(picture(directory)).toEqual(pictureBefore);
		for (const [id, hash] of before) {
			const file = join(temporaryDirectory(), "restored.sqlite");
			expect(await opened.restore(id, file)).toBe(hash);
			const known = expected.snapshots.find((snapshot) => snapshot.id === id)?.imageSha256;
			if (expected.healthy) expect(hash).toBe(known);
		}
	});

	test.each(names)("%s: a reap keeps what it promises, or changes nothing", async (name) => {
		const directory = copyOf(name);
		const store = await SnapshotStore.open(directory).catch((error: unknown) => error);
		if (!(store instanceof SnapshotStore)) return;
		const before = await read(directory);
		const pictureBefore = picture(store.generationsDirectory);
		const plan = await store.reap().catch((error: unknown) => error);
		const after = await read(directory);
		if (plan instanceof StoreError) {
			expect(picture(store.generationsDirectory)).toEqual(pictureBefore);
			return;
		}
		expect(
			worstSeverity((await verifyDirectory(directory, await store.read(), { database: false })).findings),
		).not.toBe("error");
		for (const [id, hash] of after) expect(hash).toBe(before.get(id));
		expect(after.size).toBe(Math.min(2, (await store.listAll()).length));
	});

	test.each(["stream-full.bin", "stream-full-db-only.bin"])(
		"%s becomes a snapshot, and comes out as what is in it",
		async (name) => {
			const bytes = readFileSync(join(fixtures, "streams", name));
			const { streams } = JSON.parse(readFileSync(join(fixtures, "streams.expected.json"), "utf8"));
			const known = streams.find(({ file }: { file: string }) => file === name).restored.imageSha256;
			const store = await SnapshotStore.open(temporaryDirectory());
			const id = await add(store, bytes);
			const file = join(temporaryDirectory(), "restored.sqlite");
			expect(await store.restore(id, file)).toBe(known);
			expect(integrityCheck(readFileSync(file))).toEqual(["ok"]);
		},
	);

	test("the stream of a snapshot is the one that rqlite makes, to the byte", async () => {
		const store = await SnapshotStore.open(copyOf("full-plus-incrementals"));
		const { stream } = await store.openSnapshot("latest");
		const pieces: Uint8Array[] = [];
		for await (const piece of stream) pieces.push(piece);
		expect(Buffer.concat(pieces).equals(readFileSync(join(fixtures, "streams/stream-full.bin")))).toBe(true);
	});
});
