import { type Cancellation, type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { type DataFile, statDataFile } from "../dataFile";
import { linkFinding, note, strayEntry, unfinishedSnapshot } from "../entryFindings";
import { type FlatSnapshot, flatStore } from "../flat/flatStore";
import { supersededSnapshot } from "../flat/supersededSnapshot";
import { type MetaFile, readMetaFile } from "../metaFile";
import type { Store, StoreFile } from "../model";
import { compareSnapshotIds, parseSnapshotId, type SnapshotId } from "../snapshotId";
import { strayFindings } from "../strayFindings";
import { MAX_HEAD_BYTES } from "./stateHead";

/** The data of a snapshot, in its directory. */
export const STATE = "state.bin";

/** A snapshot's directory, before its place among the others says what a missing `state.bin` means. */
interface SnapshotDirectory extends MetaFile {
	readonly id: SnapshotId;
	readonly state: DataFile;
}

/** Everything that a store of rqlite 7 holds. Throws `FileError` when it cannot be listed. */
export async function readRqliteV7(files: Files, cancel?: Cancellation): Promise<Store> {
	const findings: Finding[] = [];
	const directories: SnapshotDirectory[] = [];
	const entries = [...(await files.list(""))].sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const { name, kind } of entries) {
		const id = parseSnapshotId(name);
		const linked = kind === "link-outside" || kind === "link-broken";
		cancel?.throwIfAborted();
		if (id && kind === "directory") directories.push(await readDirectory(files, id));
		else if (id && linked) directories.push(linkedDirectory(id, kind));
		else if (linked) findings.push(linkFinding(name, kind, "info", []));
		else if (kind === "directory" && name.endsWith(".tmp")) findings.push(unfinishedSnapshot(name));
		else findings.push(strayEntry(name, "a store"));
	}
	directories.sort((a, b) => compareSnapshotIds(a.id, b.id));
	const newestState = directories.findLastIndex(({ state }) => state.state !== "absent");
	const snapshots = directories.map((directory, at) => snapshotOf(directory, at < newestState));
	return flatStore("rqlite-v7", snapshots, findings, false);
}

async function readDirectory(files: Files, id: SnapshotId): Promise<SnapshotDirectory> {
	const stray = await strayFindings(files, id.id, (name) => name === "meta.json" || name === STATE);
	const { meta, findings } = await readMetaFile(files, joinPath(id.id, "meta.json"), id);
	const state = await statDataFile(files, joinPath(id.id, STATE));
	return { id, state, meta, findings: [...stray, ...findings] };
}

/** It is listed, and cannot be read. */
function linkedDirectory(id: SnapshotId, kind: "link-outside" | "link-broken"): SnapshotDirectory {
	const state: DataFile = { state: "unusable", finding: (ids) => linkFinding(id.id, kind, "error", ids) };
	return { id, state, meta: undefined, findings: [] };
}

/** Each snapshot holds the whole database. `superseded`: a newer one has its data. */
function snapshotOf({ id, state, meta, findings }: SnapshotDirectory, superseded: boolean): FlatSnapshot {
	const path = joinPath(id.id, STATE);
	const common = { id, path: id.id, full: true, wals: [], meta };
	switch (state.state) {
		case "present": {
			const base: StoreFile = { ...state.file, packing: { kind: "rqlite-v7-state", crc64: meta?.crc64 } };
			return { ...common, base, findings: [...findings, ...cutFindings(base, id, meta?.sizeBytes)] };
		}
		case "unusable":
			return { ...common, base: undefined, findings: [...findings, state.finding([id.id])] };
		case "absent":
			return {
				...common,
				base: undefined,
				findings: [...findings, superseded ? supersededSnapshot(path, id) : lost(path, id)],
			};
	}
}

/** A file that is all head is an empty database, and its checksum is not compared: only its size tells that it was cut. */
function cutFindings(
	{ path, sizeBytes }: StoreFile,
	{ id }: SnapshotId,
	written: bigint | undefined,
): readonly Finding[] {
	if (sizeBytes !== MAX_HEAD_BYTES || written === undefined || written === BigInt(sizeBytes)) return [];
	return [
		note(
			"state-damaged",
			"error",
			path,
			`${path} has ${sizeBytes} bytes, but meta.json says that ${written} were written: it was cut behind its head.`,
			"Take it from a backup or another node.",
			[id],
		),
	];
}

function lost(path: string, { id }: SnapshotId): Finding {
	return note(
		"base-missing",
		"error",
		path,
		`${path} is missing; the snapshot cannot be read.`,
		"Take it from a backup or another node.",
		[id],
	);
}
