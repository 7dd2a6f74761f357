import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { FileError } from "../../../../../src/core/files";
import { NotAStoreError, readStore } from "../../../../../src/core/snapshot/catalog";
import { findStores } from "../../../../../src/core/snapshot/discover";
import { nodeFiles } from "../../../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../../../src/node/verifyDirectory";
import { LiveDatabase } from "../../../../support/sqlite/liveDatabase";
import { cut, flipBit } from "../../../../support/stores/damage";
import { packedBytes, packedState, plainState, writeV7Snapshot } from "../../../../support/stores/rqliteV7Store";
import type { BuiltSnapshot } from "../../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../../support/stores/temporaryDirectory";
import { directoryNamed, findingLine, listedLayout, look, withErrors } from "../look";

const A = "2-7-1000";
const B = "3-100-2000";
const TMP = "3-101-3000.tmp";

/** A store with snapshots A and B. `pack`: makes a `state.bin` of a database. */
function story(pack: (database: Uint8Array) => Uint8Array = packedState) {
	const directory = temporaryDirectory();
	const live = new LiveDatabase();
	onTestFinished(() => live.close());
	const built: BuiltSnapshot[] = [];
	for (const id of [A, B]) {
		live.run(`create table "${id}"(a); insert into "${id}" values (zeroblob(30000))`);
		const image = live.file();
		writeV7Snapshot(directory, { id, state: pack(image) });
		built.push({ id, generation: id, path: id, file: `${id}/state.bin`, image });
	}
	const at = (...parts: string[]) => join(directory, ...parts);
	return {
		directory,
		at,
		write: (path: string, text: string | Uint8Array = "") => writeFileSync(at(path), text),
		remove: (path: string) => rmSync(at(path), { recursive: true }),
		look: () => look(directory, built),
		verify: async () => {
			const { findings } = await verifyDirectory(directory, await readStore(nodeFiles(directory)));
			return findings.map(findingLine);
		},
	};
}

const SOUND = [`${A}: base`, `  ${A} full: exact`, `${B} current: base`, `  ${B} full: exact`, `newest ${B}`];

describe("a sound store of rqlite 7", () => {
	test("has whole databases, packed or not, and raises nothing", async () => {
		for (const pack of [packedState, plainState]) {
			const store = story(pack);
			expect(await store.look()).toEqual(SOUND);
			expect(await store.verify()).toEqual([]);
		}
	});

	test("is plain data", async () => {
		const { newest, layout, fullNeeded } = await readStore(nodeFiles(story().directory));
		expect([layout, fullNeeded]).toEqual(["rqlite-v7", false]);
		expect(newest).toMatchObject({
			id: B,
			path: B,
			generation: B,
			kind: "full",
			wals: [],
			files: [{ path: `${B}/state.bin`, packing: { kind: "rqlite-v7-state", crc64: newest?.meta?.crc64 } }],
			meta: { id: B, index: 100n, term: 3n, full: undefined, servers: [{ id: "node1" }] },
		});
		expect(newest?.meta?.crc64).toMatch(/^[0-9a-f]{16}$/);
	});

	test("can hold an empty database, which has no page", async () => {
		for (const state of [
			plainState(new Uint8Array(0)),
			packedBytes(new Uint8Array(0)),
			packedState(new Uint8Array(0)),
		]) {
			const directory = temporaryDirectory();
			writeV7Snapshot(directory, { id: A, state });
			const empty = { id: A, generation: A, path: A, file: `${A}/state.bin`, image: new Uint8Array(0) };
			expect(await look(directory, [empty])).toEqual([`${A} current: base`, `  ${A} full: exact`, `newest ${A}`]);
			const { findings } = await verifyDirectory(directory, await readStore(nodeFiles(directory)));
			expect(findings).toEqual([]);
		}
	});

	test("without a checksum in its meta.json is read all the same", async () => {
		const store = story();
		writeV7Snapshot(store.directory, { id: B, state: readFileSync(store.at(B, "state.bin")), crc: null });
		expect(await store.look()).toEqual(SOUND);
		expect(await store.verify()).toEqual([]);
	});

	test("lists an older snapshot whose data is gone, as what it is", async () => {
		const store = story();
		store.remove(`${A}/state.bin`);
		expect(await store.look()).toEqual([
			`${A}: no base`,
			`  ${A} full: refused by snapshot-superseded`,
			`    ! info snapshot-superseded ${A}/state.bin > ${A}`,
			...SOUND.slice(2),
		]);
		expect(await store.verify()).toEqual([`! info snapshot-superseded ${A}/state.bin > ${A}`]);
	});
});

describe("damage", () => {
	/** The store after something was done to the newest snapshot. */
	async function damaged(damage: (file: string) => void) {
		const store = story();
		damage(store.at(B, "state.bin"));
		return { lines: (await store.look()).filter((line) => !line.includes(A)), findings: await store.verify() };
	}
	const refusedBy = (code: string) => ({
		lines: [`${B} current: base`, `  ${B} full: refused by ${code}`, `newest ${B}`],
		findings: [`! error ${code} ${B}/state.bin > ${B}`],
	});

	test("a state.bin that was cut: the older snapshot is not affected", async () => {
		expect(await damaged((file) => cut(file, -1))).toEqual(refusedBy("state-damaged"));
		expect(await damaged((file) => cut(file, 12))).toEqual(refusedBy("state-damaged"));
		expect(await damaged((file) => writeFileSync(file, ""))).toEqual(refusedBy("state-damaged"));
	});

	test("a state.bin that is not what its checksum says", async () => {
		expect(await damaged((file) => flipBit(file, 40))).toEqual(refusedBy("state-checksum-mismatch"));
	});

	test("a state.bin that was cut behind its head, and would pass for an empty database", async () => {
		const { lines, findings } = await damaged((file) => cut(file, 16));
		expect(lines).toEqual([
			`${B} current: base`,
			`  ${B} full: refused by state-damaged`,
			`    ! error state-damaged ${B}/state.bin > ${B}`,
			`newest ${B}`,
		]);
		expect(findings).toContain(`! error state-damaged ${B}/state.bin > ${B}`);
	});

	test("a database in it that is cut, in whole gzip data with the right checksum", async () => {
		for (const pack of [packedState, plainState]) {
			const store = story((database) => pack(database.subarray(0, -4096)));
			expect(await store.look()).toContain(`  ${B} full: refused by base-damaged`);
			expect(await store.verify()).toContain(`! error base-damaged ${B}/state.bin > ${B}`);
		}
	});

	test("the newest snapshot without its state.bin", async () => {
		const store = story();
		store.remove(`${B}/state.bin`);
		expect(await store.look()).toEqual([
			...SOUND.slice(0, 2),
			`${B} current: no base`,
			`  ${B} full: refused by base-missing`,
			`    ! error base-missing ${B}/state.bin > ${B}`,
			`newest ${B}`,
		]);
	});

	test("meta.json that is missing or unreadable: the name stands in, and no checksum is compared", async () => {
		const store = story();
		store.write(`${B}/meta.json`, "{");
		store.remove(`${A}/meta.json`);
		expect(await store.look()).toEqual([
			...SOUND.slice(0, 2),
			`    ! error meta-missing ${A}/meta.json`,
			...SOUND.slice(2, 4),
			`    ! error meta-unreadable ${B}/meta.json`,
			`newest ${B}`,
		]);
	});

	test("a directory in the place of state.bin", async () => {
		const store = story();
		store.remove(`${B}/state.bin`);
		mkdirSync(store.at(B, "state.bin"));
		expect(await store.look()).toContain(`    ! error not-a-file ${B}/state.bin > ${B}`);
	});
});

describe("what else lies there", () => {
	test("is told, and ignored", async () => {
		const store = story();
		mkdirSync(store.at(TMP));
		store.write("notes.txt");
		store.write("2-8-1500", "a file, no directory");
		store.write(`${A}/x`);
		symlinkSync("nowhere", store.at("loose"));
		expect(await store.verify()).toEqual([
			"! info stray-entry 2-8-1500",
			`! warning unfinished-snapshot ${TMP}`,
			"! info link-broken loose",
			"! info stray-entry notes.txt",
			`! info stray-entry ${A}/x`,
		]);
	});

	test("links that leave the store are not followed", async () => {
		const store = story();
		const outside = temporaryDirectory();
		renameSync(store.at(A), join(outside, A));
		symlinkSync(join(outside, A), store.at(A));
		renameSync(store.at(B, "state.bin"), join(outside, "state.bin"));
		symlinkSync(join(outside, "state.bin"), store.at(B, "state.bin"));
		expect(await store.look()).toEqual([
			`${A}: no base`,
			`  ${A} full: refused by link-outside`,
			`    ! error link-outside ${A} > ${A}`,
			`${B} current: no base`,
			`  ${B} full: refused by link-outside`,
			`    ! error link-outside ${B}/state.bin > ${B}`,
			`newest ${B}`,
		]);
	});
});

describe("a directory is taken for one", () => {
	test("by a state.bin in it, wherever it lies", async () => {
		const above = temporaryDirectory();
		writeV7Snapshot(join(above, "copy"), { id: A, state: plainState(new Uint8Array(0)) });
		mkdirSync(join(above, "photos/2026-11-23"), { recursive: true });
		expect(await listedLayout(join(above, "copy"))).toBe("rqlite-v7");
		expect((await findStores(nodeFiles(above))).paths).toEqual(["copy"]);
	});

	test("by another snapshot where one does not let itself be looked into", async () => {
		const { directory } = story();
		const path = `${A}/state.bin`;
		const denied = withErrors(nodeFiles(directory), { [path]: new FileError("no-permission", path, "no permission") });
		const store = await readStore(denied);
		expect(store.layout).toBe("rqlite-v7");
		expect(store.generations[0]?.snapshots[0]?.findings.map(findingLine)).toEqual([
			`! error not-a-file ${path} > ${A}`,
		]);
	});

	test("by its name, where it is empty or all data is gone, and only when it is asked for", async () => {
		const empty = directoryNamed("snapshots");
		expect(await look(empty, [])).toEqual(["newest undefined, full needed"]);
		expect(await listedLayout(empty)).toBe("rqlite-v7");
		expect((await findStores(nodeFiles(join(empty, "..")))).paths).toEqual([]);
		expect(await listedLayout(directoryNamed("snapshots", B))).toBe("rqlite-v7");
	});

	test("not by its name alone where something else is in it", async () => {
		await expect(listedLayout(directoryNamed("snapshots", "button.test.snap"))).rejects.toThrow(NotAStoreError);
		await expect(listedLayout(directoryNamed("other", "2026-11-23"))).rejects.toThrow(NotAStoreError);
	});
});
