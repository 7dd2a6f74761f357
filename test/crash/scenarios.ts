import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "../../src/store/disk/disk";
import { SnapshotStore } from "../../src/store/snapshotStore";
import { add, fullStream, incrementalStream } from "../support/streams/streams";
import { tellStory } from "./story";

/** Something that is done to a store, and what must be true of the store whenever it ends. */
export interface Scenario {
	readonly name: string;
	/** Lays the store in a directory that is empty. */
	readonly prepare: (directory: string) => Promise<void>;
	readonly act: (directory: string, disk: Disk) => Promise<void>;
	/** What may be listed after a recovery, oldest first: what was before, or what was to be. */
	readonly outcomes: readonly (readonly string[])[];
	/** Snapshots that are there at every moment. */
	readonly promised: readonly string[];
	/** What the restored file may hold whenever it ends, by SHA-256. */
	readonly restored?: readonly string[];
}

const story = tellStory();
/** One point in time for all: ids follow from the index. */
const now = () => 1000;
const full = (index: number) => ({ id: `1-${index}-1000`, index: BigInt(index), configurationIndex: 0n });

/** SHA-256 of each snapshot's database, by id. The id's index says which image of the story it is. */
export function imageOf(id: string): string {
	const index = Number(id.split("-")[1]);
	return sha256(story.images[index % 100]!);
}

export function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

const ids = (...indexes: number[]) => indexes.map((index) => full(index).id);
const open = (directory: string, disk?: Disk) => SnapshotStore.open(directory, { now, ...(disk && { disk }) });
const addFull = (store: SnapshotStore, index: number, wals = 0) =>
	add(
		store,
		fullStream(story.images[(index % 100) - wals]!, story.wals.slice((index % 100) - wals, index % 100)),
		full(index),
	);
const addIncremental = (store: SnapshotStore, index: number, { wals } = story) =>
	add(store, incrementalStream(wals[(index % 100) - 1]!), full(index));
const generation = (directory: string, ...path: string[]) => join(directory, "generations/0000000001", ...path);

/** A full snapshot and all the incremental ones of the story: indexes 0 to 6. */
async function whole(directory: string, last = 6, told = story): Promise<SnapshotStore> {
	const store = await open(directory);
	await addFull(store, 0);
	for (let index = 1; index <= last; index++) await addIncremental(store, index, told);
	return store;
}

/** What is left of `whole` when somebody's reap has taken the first two away, and the state of the second is in `wal`. */
async function cutShort(directory: string, wal: "base.sqlite-wal" | "base.sqlite-wal.wal"): Promise<void> {
	await whole(directory);
	rmSync(generation(directory, ids(0)[0]!), { recursive: true });
	renameSync(generation(directory, ids(1)[0]!, "wal"), generation(directory, wal));
	rmSync(generation(directory, ids(1)[0]!), { recursive: true });
}

const recover = async (directory: string, disk: Disk) => {
	await open(directory, disk);
};

export const SCENARIOS: readonly Scenario[] = [
	{
		name: "create a full snapshot in a new store",
		prepare: async () => {},
		act: async (directory, disk) => {
			await addFull(await open(directory, disk), 0);
		},
		outcomes: [[], ids(0)],
		promised: [],
	},
	{
		name: "create a full snapshot with WALs, the next generation",
		prepare: async (directory) => {
			await whole(directory, 2);
		},
		act: async (directory, disk) => {
			await addFull(await open(directory, disk), 104, 3);
		},
		outcomes: [ids(0, 1, 2), ids(0, 1, 2, 104)],
		promised: ids(0, 1, 2),
	},
	{
		name: "create an incremental snapshot",
		prepare: async (directory) => {
			await whole(directory, 3);
		},
		act: async (directory, disk) => {
			await addIncremental(await open(directory, disk), 4);
		},
		outcomes: [ids(0, 1, 2, 3), ids(0, 1, 2, 3, 4)],
		promised: ids(0, 1, 2, 3),
	},
	{
		name: "create an incremental snapshot, and a reap that follows",
		prepare: async (directory) => {
			await whole(directory, 3);
		},
		act: async (directory, disk) => {
			const store = await SnapshotStore.open(directory, { now, disk, reapAfter: { retain: 2 } });
			await addIncremental(store, 4);
		},
		outcomes: [ids(0, 1, 2, 3), ids(0, 1, 2, 3, 4), ids(3, 4)],
		promised: ids(3),
	},
	{
		name: "reap two generations and the older snapshots of the third",
		prepare: async (directory) => {
			// No log is in two generations of a store.
			const store = await whole(directory, 2, tellStory());
			await addFull(store, 103);
			await addFull(store, 200);
			for (let index = 201; index <= 206; index++) await addIncremental(store, index);
		},
		act: async (directory, disk) => {
			await (await open(directory, disk)).reap();
		},
		outcomes: [ids(0, 1, 2, 103, 200, 201, 202, 203, 204, 205, 206), ids(205, 206)],
		promised: ids(205, 206),
	},
	{
		name: "reap what was reaped before",
		prepare: async (directory) => {
			const store = await whole(directory, 4);
			await store.reap();
			await addIncremental(store, 5);
			await addIncremental(store, 6);
		},
		act: async (directory, disk) => {
			await (await open(directory, disk)).reap({ retain: 3 });
		},
		outcomes: [ids(3, 4, 5, 6), ids(4, 5, 6)],
		promised: ids(4, 5, 6),
	},
	{
		name: "recover a checkpoint that was cut short",
		prepare: (directory) => cutShort(directory, "base.sqlite-wal"),
		act: recover,
		outcomes: [ids(2, 3, 4, 5, 6)],
		promised: ids(2, 3, 4, 5, 6),
	},
	{
		name: "recover the only copy of a WAL",
		prepare: (directory) => cutShort(directory, "base.sqlite-wal.wal"),
		act: recover,
		outcomes: [ids(2, 3, 4, 5, 6)],
		promised: ids(2, 3, 4, 5, 6),
	},
	{
		name: "recover a checkpoint and the copy of the next",
		prepare: async (directory) => {
			await cutShort(directory, "base.sqlite-wal");
			rmSync(generation(directory, ids(2)[0]!), { recursive: true });
			renameSync(generation(directory, ids(3)[0]!, "wal"), generation(directory, "base.sqlite-wal.wal"));
			rmSync(generation(directory, ids(3)[0]!), { recursive: true });
		},
		act: recover,
		outcomes: [ids(4, 5, 6)],
		promised: ids(4, 5, 6),
	},
	{
		name: "recover a checkpoint and a snapshot whose removal was cut short",
		prepare: async (directory) => {
			await cutShort(directory, "base.sqlite-wal");
			rmSync(generation(directory, ids(2)[0]!), { recursive: true });
			renameSync(generation(directory, ids(3)[0]!, "wal"), generation(directory, "base.sqlite-wal.wal"));
		},
		act: recover,
		outcomes: [ids(3, 4, 5, 6)],
		promised: ids(3, 4, 5, 6),
	},
	{
		name: "recover a snapshot whose removal was cut short, and copies that are not needed",
		prepare: async (directory) => {
			await whole(directory);
			rmSync(generation(directory, ids(0)[0]!), { recursive: true });
			renameSync(generation(directory, ids(1)[0]!, "wal"), generation(directory, "base.sqlite-wal"));
			writeFileSync(generation(directory, "base.sqlite-wal.wal"), "");
			cpSync(generation(directory, ids(3)[0]!, "wal"), generation(directory, `base.sqlite-wal.${ids(3)[0]}`));
		},
		act: recover,
		outcomes: [ids(1, 2, 3, 4, 5, 6)],
		promised: ids(1, 2, 3, 4, 5, 6),
	},
	{
		name: "recover from creates that were cut short, and a generation without a snapshot",
		prepare: async (directory) => {
			await whole(directory, 3);
			mkdirSync(join(directory, "generations/0000000002.tmp/1-9-1000"), { recursive: true });
			writeFileSync(join(directory, "generations/0000000002.tmp/base.sqlite"), story.base);
			cpSync(generation(directory, ids(3)[0]!), generation(directory, `${ids(4)[0]}.tmp`), { recursive: true });
			mkdirSync(join(directory, "scratchpad/somebody's"), { recursive: true });
			writeFileSync(join(directory, "scratchpad/1-9-1000"), story.base);
			for (const name of ["0000000002", "0000000003"]) {
				mkdirSync(join(directory, "generations", name));
				writeFileSync(join(directory, "generations", name, "base.sqlite"), story.base);
			}
		},
		act: recover,
		outcomes: [ids(0, 1, 2, 3)],
		promised: ids(0, 1, 2, 3),
	},
	{
		name: "restore over a file that is there",
		prepare: async (directory) => {
			await whole(directory, 4);
			writeFileSync(restoredFile(directory), "before");
		},
		act: async (directory, disk) => {
			await (await open(directory, disk)).restore("latest", restoredFile(directory));
		},
		outcomes: [ids(0, 1, 2, 3, 4)],
		promised: ids(0, 1, 2, 3, 4),
		restored: [sha256(Buffer.from("before")), sha256(story.images[4]!)],
	},
];

/** Beside the store. */
function restoredFile(directory: string): string {
	return `${directory}.restored.sqlite`;
}

export function restoredContents(directory: string): string {
	return sha256(readFileSync(restoredFile(directory)));
}
