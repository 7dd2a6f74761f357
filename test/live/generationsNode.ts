import { join } from "node:path";
import { type Disk, type DiskFile, nodeDisk } from "../../src/store/disk/disk";
import { SnapshotStore } from "../../src/store/snapshotStore";
import { LiveDatabase } from "../support/sqlite/liveDatabase";
import { add, fullStream, incrementalStream } from "../support/streams/streams";
import type { LiveNode, Step } from "./liveNode";

const SNAPSHOTS_PER_GENERATION = 25;

/** A database in WAL mode and this project's own store, in the generations layout. */
export async function startGenerationsNode(dataDirectory: string, step: Step): Promise<LiveNode> {
	const store = await SnapshotStore.open(join(dataDirectory, "store"), { disk: steppingDisk(step) });
	const database = new LiveDatabase({ autoVacuum: "full" });
	let index = 0n;
	let snapshots = 0;
	return {
		dataDirectory,
		takenAwayBy: "reap",
		async execute(statements) {
			database.transaction(statements);
			return Number(++index);
		},
		async snapshot() {
			const full = snapshots++ % SNAPSHOTS_PER_GENERATION === 0;
			const stream = full ? fullStream(database.file()) : incrementalStream(database.cutWal());
			await add(store, stream, { index, term: 2n });
		},
		async reap() {
			await store.reap();
		},
		async stop() {
			database.close();
		},
	};
}

/** Node's file system, each change of which `step` can hold. */
function steppingDisk(step: Step): Disk {
	const file = (opened: DiskFile): DiskFile => ({
		write: (bytes, offset) => step().then(() => opened.write(bytes, offset)),
		truncate: (sizeBytes) => step().then(() => opened.truncate(sizeBytes)),
		sync: () => opened.sync(),
		close: () => opened.close(),
	});
	return {
		makeDirectory: (path) => step().then(() => nodeDisk.makeDirectory(path)),
		createFile: (path) => step().then(async () => file(await nodeDisk.createFile(path))),
		changeFile: async (path) => file(await nodeDisk.changeFile(path)),
		syncDirectory: (path) => nodeDisk.syncDirectory(path),
		rename: (from, to) => step().then(() => nodeDisk.rename(from, to)),
		removeFile: (path) => step().then(() => nodeDisk.removeFile(path)),
		removeDirectory: (path) => step().then(() => nodeDisk.removeDirectory(path)),
	};
}
