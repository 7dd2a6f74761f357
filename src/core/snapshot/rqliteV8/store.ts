import { eachInTurn } from "../../eachInTurn";
import { type Cancellation, type Files, joinPath } from "../../files";
import { type DataFile, statDataFile } from "../dataFile";
import { linkFinding } from "../entryFindings";
import { flatStore } from "../flat/flatStore";
import { type MetaFile, readMetaFile } from "../metaFile";
import type { Store } from "../model";
import type { SnapshotId } from "../snapshotId";
import { strayFindings } from "../strayFindings";
import { databasePath, type SnapshotEntry, sortEntries, walPath } from "./listing";
import { snapshotsOf } from "./snapshots";

/** A snapshot's directory with the files beside it, before its place among the others says what they mean. */
export interface SnapshotDirectory extends MetaFile {
	readonly id: SnapshotId;
	readonly database: DataFile;
	readonly wal: DataFile;
}

/** Everything that a store of rqlite 8 or 9 holds. Throws `FileError` when it cannot be listed. */
export async function readRqliteV8(files: Files, cancel?: Cancellation): Promise<Store> {
	const { snapshots, findings, fullNeeded } = sortEntries(await files.list(""));
	const directories = await eachInTurn(snapshots, (entry) => readDirectory(files, entry), cancel);
	return flatStore("rqlite-v8", snapshotsOf(directories), findings, fullNeeded);
}

async function readDirectory(files: Files, { id, kind }: SnapshotEntry): Promise<SnapshotDirectory> {
	const database = await statDataFile(files, databasePath(id));
	const wal = await statDataFile(files, walPath(id));
	if (kind !== "directory") {
		return { id, database, wal, meta: undefined, findings: [linkFinding(id.id, kind, "error", [])] };
	}
	// <id>.data is what the writer's bytes came in; it is left over empty, and means nothing.
	const stray = await strayFindings(files, id.id, (name) => name === "meta.json" || name === `${id.id}.data`);
	const { meta, findings } = await readMetaFile(files, joinPath(id.id, "meta.json"), id);
	return { id, database, wal, meta, findings: [...stray, ...findings] };
}
