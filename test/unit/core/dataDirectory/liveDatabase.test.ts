import { appendFileSync, readFileSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
	confirmLiveDatabase,
	type LiveDatabase as Live,
	readLiveDatabase,
} from "../../../../src/core/dataDirectory/liveDatabase";
import type { Files } from "../../../../src/core/files";
import type { StoreFile } from "../../../../src/core/snapshot/model";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { imageBytes, openBytes } from "../../../support/images/openBytes";
import { databaseWithLog } from "../../../support/sqlite/databaseWithLog";
import type { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { queryAll } from "../../../support/sqlite/oracle";
import { flipBit } from "../../../support/stores/damage";
import { picture } from "../../../support/stores/picture";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

const pause = async () => {};

/** Reads it, leaving the directory as it was. */
async function read(directory: string): Promise<Live> {
	const before = picture(directory);
	const live = await readLiveDatabase(nodeFiles(directory), { pause });
	expect(picture(directory)).toEqual(before);
	return live;
}

/** The database file that the pair stands for. */
function imageOf(directory: string, { base, wal }: Live): Buffer {
	const bytesOf = ({ path, sizeBytes }: StoreFile) => readFileSync(join(directory, path)).subarray(0, sizeBytes);
	const wals = wal ? [bytesOf(wal)] : [];
	const { image, report } = openBytes(bytesOf(base), wals, wals.length);
	expect(report.findings).toEqual([]);
	return Buffer.from(imageBytes(image!));
}

/** The port, with something done before the n-th read of a file (from 1), or behind it. */
function interrupted(directory: string, path: string, at: number, happen: () => void): Files {
	const files = nodeFiles(directory);
	let reads = 0;
	return {
		...files,
		read: async (asked, offset, length) => {
			if (asked === path && ++reads === at) happen();
			return files.read(asked, offset, length);
		},
	};
}

test("is the file and the log beside it, as SQLite's own checkpoint would make of them", async () => {
	const live = databaseWithLog();
	const found = await read(live.directory);
	expect(found.base.path).toBe("db.sqlite");
	expect(found.wal?.path).toBe("db.sqlite-wal");
	expect(found.findings).toEqual([]);
	expect(imageOf(live.directory, found)).toEqual(live.file());
});

test("is the file alone, with an empty log or none", async () => {
	const live = databaseWithLog();
	live.cutWal();
	const found = await read(live.directory);
	expect(found.wal?.sizeBytes).toBe(0);
	expect(imageOf(live.directory, found)).toEqual(live.file());

	const copy = temporaryDirectory();
	writeFileSync(join(copy, "db.sqlite"), live.file());
	expect((await read(copy)).wal).toBeUndefined();
});

test("ends behind the last commit, whatever a node is writing there", async () => {
	const live = databaseWithLog();
	const committed = live.wal().byteLength;
	const directory = temporaryDirectory();
	writeFileSync(join(directory, "db.sqlite"), readFileSync(join(live.directory, "db.sqlite")));
	const spilled = live.spill(
		"with recursive n(i) as (values(1) union all select i+1 from n where i<9999) insert into t select i from n",
	);
	expect(spilled.byteLength).toBeGreaterThan(committed);
	writeFileSync(join(directory, "db.sqlite-wal"), spilled);
	const found = await read(directory);
	expect(found.wal?.sizeBytes).toBe(committed);
	expect(found.findings).toEqual([]);
	expect(queryAll(imageOf(directory, found), "select a from t")).toEqual([[1n], [2n]]);
});

test("a log that is cut in a frame and at rest is used up to its last commit, with a word", async () => {
	const live = databaseWithLog();
	const directory = temporaryDirectory();
	writeFileSync(join(directory, "db.sqlite"), readFileSync(join(live.directory, "db.sqlite")));
	const committed = live.wal();
	live.run("insert into t values(3)");
	writeFileSync(join(directory, "db.sqlite-wal"), live.wal());
	truncateSync(join(directory, "db.sqlite-wal"), committed.byteLength + 100);
	const found = await read(directory);
	expect(found.wal?.sizeBytes).toBe(committed.byteLength);
	expect(found.findings).toMatchObject([{ code: "wal-torn-frame", severity: "warning", path: "db.sqlite-wal" }]);
	expect(found.findings[0]!.message).toMatch(/As SQLite does, only the 1 frames before it are used\.$/);
});

test("a node that goes on writing makes the log longer, and disturbs nothing", async () => {
	const live = databaseWithLog();
	const files = nodeFiles(live.directory);
	const found = await readLiveDatabase(files, { pause });
	live.run("insert into t values(3)");
	await confirmLiveDatabase(files, found);
	expect(queryAll(imageOf(live.directory, found), "select a from t")).toEqual([[1n], [2n]]);
});

test("a checkpoint while the log is read makes it begin again", async () => {
	const live = databaseWithLog();
	const checkpointed = interrupted(live.directory, "db.sqlite-wal", 2, () => {
		live.cutWal();
		live.run("insert into t values(3)");
	});
	const found = await readLiveDatabase(checkpointed, { pause });
	expect(queryAll(imageOf(live.directory, found), "select a from t")).toEqual([[1n], [2n], [3n]]);
});

test("a log that is started over in place while it is read makes it begin again", async () => {
	const live = databaseWithLog();
	const restarted = interrupted(live.directory, "db.sqlite-wal", 2, () => {
		live.restartWal();
		live.run("insert into t values(3)");
	});
	const found = await readLiveDatabase(restarted, { pause });
	expect(queryAll(imageOf(live.directory, found), "select a from t")).toEqual([[1n], [2n], [3n]]);
});

test("a node that checkpoints all the time is told of, with what to do", async () => {
	const live = databaseWithLog();
	const files = nodeFiles(live.directory);
	let rows = 2;
	const busy: Files = {
		...files,
		read: (path, offset, length) => {
			live.run(`insert into t values(${++rows})`);
			live.cutWal();
			return files.read(path, offset, length);
		},
	};
	await expect(readLiveDatabase(busy, { pause })).rejects.toThrow(
		"The node wrote to db.sqlite while it was read. Try again; a node checkpoints when it takes a snapshot.",
	);
});

test.each([
	["a checkpoint", (live: LiveDatabase) => void live.cutWal()],
	[
		"a log started over",
		(live: LiveDatabase) => {
			live.restartWal();
			live.run("insert into t values(3)");
		},
	],
])("%s afterwards is noticed: what is read then may be of two states", async (_, happen) => {
	const live = databaseWithLog();
	const files = nodeFiles(live.directory);
	const found = await readLiveDatabase(files, { pause });
	happen(live);
	await expect(confirmLiveDatabase(files, found)).rejects.toThrow("The node wrote to db.sqlite while it was read.");
});

test("a file written a moment ago is looked at again: its time may not tell the next change", async () => {
	const live = databaseWithLog();
	live.cutWal();
	const pauses: number[] = [];
	const settle = async (milliseconds: number) => {
		pauses.push(milliseconds);
	};
	const path = join(live.directory, "db.sqlite");
	const now = Date.now() / 1000;
	utimesSync(path, now, now);
	await readLiveDatabase(nodeFiles(live.directory), { pause: settle });
	utimesSync(path, Math.floor(now), Math.floor(now));
	await readLiveDatabase(nodeFiles(live.directory), { pause: settle });
	utimesSync(path, now - 3600.5, now - 3600.5);
	await readLiveDatabase(nodeFiles(live.directory), { pause: settle });
	expect(pauses).toEqual([50, 2000]);
});

test.each([
	["nothing there", () => {}, /^There is no db\.sqlite in the data directory\.$/],
	["no database", (to: string) => writeFileSync(join(to, "db.sqlite"), "text"), /^db\.sqlite is no SQLite database: /],
	["an empty file", (to: string) => writeFileSync(join(to, "db.sqlite"), ""), /the file is empty/],
	[
		"a link that leads out",
		(to: string) => symlinkSync(join(databaseWithLog().directory, "db.sqlite"), join(to, "db.sqlite")),
		/^db\.sqlite is a symbolic link that leads out of the store; it is not followed\.$/,
	],
	[
		"a hot journal",
		(to: string) => {
			writeFileSync(join(to, "db.sqlite"), databaseWithLog().file());
			appendFileSync(join(to, "db.sqlite-journal"), "\xd9\xd5");
		},
		/^db\.sqlite is in the middle of a transaction: db\.sqlite-journal is beside it\./,
	],
	[
		"a log without a sound header",
		(to: string) => {
			const live = databaseWithLog();
			writeFileSync(join(to, "db.sqlite-wal"), live.wal());
			writeFileSync(join(to, "db.sqlite"), live.file());
			flipBit(join(to, "db.sqlite-wal"), 16);
		},
		/^db\.sqlite-wal: the header's checksum is wrong \(byte 24\)\.$/,
	],
])("%s: refused, and said so", async (_, prepare, message) => {
	const directory = temporaryDirectory();
	prepare(directory);
	await expect(read(directory)).rejects.toThrow(message);
});
