import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileError } from "../../../../src/core/files";
import { readStore } from "../../../../src/core/snapshot/catalog";
import { verifyStore } from "../../../../src/core/verify/verifyStore";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { openListed } from "../../../../src/node/openChain";
import { verifyDirectory } from "../../../../src/node/verifyDirectory";
import type { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { buildStore, type SnapshotOptions } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { findingLine } from "../snapshot/look";

/** A full snapshot and four incremental ones; each log writes the same page, so that no state lacks one. */
function story(
	options: (n: number) => SnapshotOptions = () => ({}),
	between?: (database: LiveDatabase, n: number) => void,
) {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table t(a); insert into t values(0)");
		store.full(options(0));
		for (let n = 1; n <= 4; n++) {
			between?.(store.database, n);
			store.database.run(`update t set a = ${n}`);
			store.incremental(options(n));
		}
	});
	const files = built.map(({ file }) => join(directory, file));
	return { directory, built, files };
}

async function verify(directory: string): Promise<string[]> {
	const { findings } = await verifyDirectory(directory, await readStore(nodeFiles(directory)));
	return findings.map(findingLine);
}

function swap(a: string, b: string): void {
	const kept = readFileSync(a);
	copyFileSync(b, a);
	writeFileSync(b, kept);
}

describe("logs that do not follow one another", () => {
	test("none in a sound chain, with a restart in it or without", async () => {
		expect(await verify(story().directory)).toEqual([]);
		const restarted = story(undefined, (database, n) => {
			if (n === 3) database.restart();
		});
		expect(await verify(restarted.directory)).toEqual([]);
	});

	test("none where a snapshot without changes follows a restart", async () => {
		const directory = temporaryDirectory();
		buildStore(directory, (store) => {
			store.database.run("create table t(a)");
			store.full();
			for (const n of [1, 2, 3]) {
				store.database.run(`insert into t values(${n})`);
				store.incremental();
			}
			store.database.restart();
			store.incremental();
			store.database.run("insert into t values(4)");
			store.incremental();
		});
		expect(await verify(directory)).toEqual([expect.stringMatching(/^! info wal-empty /)]);
	});

	test.each([
		["two that follow one another", 2, 3],
		["the first two", 1, 2],
		["the first and the last", 1, 4],
	])("that changed places: %s", async (_, a, b) => {
		const { directory, built, files } = story();
		swap(files[a]!, files[b]!);
		const errors = (await verify(directory)).filter((line) => line.startsWith("! error wal-out-of-sequence"));
		expect(errors.length).toBeGreaterThanOrEqual(2);
		expect(errors.some((line) => line.includes(built[b]!.file))).toBe(true);
	});

	test("one that is there twice: told at both, and the states from the second on are not believed", async () => {
		const { directory, built, files } = story();
		copyFileSync(files[1]!, files[3]!);
		const from = built.slice(3).map(({ id }) => id);
		expect(await verify(directory)).toEqual(
			expect.arrayContaining([
				["! error wal-out-of-sequence", built[1]!.file, ">", ...from].join(" "),
				["! error wal-out-of-sequence", built[3]!.file, ">", ...from].join(" "),
			]),
		);
	});

	test("one that is in two generations: told at both, and the one without a neighbour is not believed", async () => {
		const directory = temporaryDirectory();
		const built = buildStore(directory, (store) => {
			store.database.run("create table t(a); insert into t values(0)");
			for (const logs of [3, 1]) {
				store.full();
				for (let n = 0; n < logs; n++) {
					store.database.run("update t set a = a + 1");
					store.incremental();
				}
			}
		});
		const [last, only] = [built[3]!, built[5]!];
		expect(await verify(directory)).toEqual([]);
		copyFileSync(join(directory, last.file), join(directory, only.file));
		expect(await verify(directory)).toEqual([
			["! error wal-out-of-sequence", last.file, ">", only.id].join(" "),
			["! error wal-out-of-sequence", only.file, ">", only.id].join(" "),
		]);
	});

	test("a snapshot that is gone, where no page shows it: a warning at both sides of the gap", async () => {
		const { directory, built } = story();
		rmSync(join(directory, built[2]!.path), { recursive: true });
		expect(await verify(directory)).toEqual([
			`! warning wal-gap ${built[1]!.file}`,
			`! warning wal-gap ${built[3]!.file}`,
		]);
	});

	test.each([0, 32])("a snapshot without changes explains a gap: a log of %i bytes", async (bytes) => {
		const { directory, built, files } = story();
		truncateSync(files[2]!, bytes);
		expect(await verify(directory)).toEqual([`! info wal-empty ${built[2]!.file}`]);
	});

	test("a log of another process that is not its first: a warning at each side of it", async () => {
		const [own, other] = [story(), story()];
		copyFileSync(other.files[3]!, own.files[3]!);
		const gaps = (await verify(own.directory)).filter((line) => line.includes("wal-gap"));
		expect(gaps).toEqual([2, 3, 3, 4].map((n) => `! warning wal-gap ${own.built[n]!.file}`));
	});
});

describe("snapshots beside one another", () => {
	test("an index that falls", async () => {
		const { directory, built } = story((n) => (n === 3 ? { term: 3, index: 5 } : {}));
		expect(await verify(directory)).toContain(`! warning index-falls ${built[3]!.path}`);
	});

	test("the same term and index twice is worth knowing", async () => {
		const { directory, built } = story((n) => (n === 2 ? { index: 10 } : {}));
		expect(await verify(directory)).toEqual([`! info same-position ${built[2]!.path}`]);
	});

	test("a time that falls is worth knowing", async () => {
		const { directory, built } = story((n) => (n === 2 ? { milliseconds: 1000 } : {}));
		expect(await verify(directory)).toContain(`! info clock-falls ${built[2]!.path}`);
	});

	test.each([
		["a server that is in it twice", { Configuration: { Servers: [server("a", 0), server("a", 1)] } }],
		["no voter", { Configuration: { Servers: [server("a", 1), server("b", 2)] } }],
		["a later index than the snapshot's", { ConfigurationIndex: 1000 }],
	])("a configuration with %s", async (_, fields) => {
		const { directory, built } = story();
		const meta = join(directory, built[1]!.path, "meta.json");
		writeFileSync(meta, JSON.stringify({ ...JSON.parse(readFileSync(meta, "utf8")), ...fields }));
		expect(await verify(directory)).toEqual([`! warning configuration-odd ${built[1]!.path}/meta.json`]);
	});
});

test("a file that cannot be opened is named, and the snapshots before it are exact", async () => {
	const { directory, built } = story();
	const store = await readStore(nodeFiles(directory));
	const denied = built[3]!.file;
	const { findings, snapshots } = await verifyStore(store, async (file) => {
		if (file.path === denied) throw new FileError("no-permission", denied, `${denied} cannot be read: no permission.`);
		return openListed(directory, file);
	});
	expect(findings.map(findingLine)).toContain(`! error unreadable-file ${denied} > ${built[3]!.id} ${built[4]!.id}`);
	expect(snapshots.map(({ verdict }) => verdict)).toEqual(["exact", "exact", "exact", "partial", "partial"]);
});

function server(id: string, suffrage: number) {
	return { Suffrage: suffrage, ID: id, Address: `${id}:4002` };
}
