import { type Entry, FileError, type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { type DataFile, statDataFile } from "../dataFile";
import { linkFinding, note, strayEntry } from "../entryFindings";
import { readMetaFile } from "../metaFile";
import type { SnapshotMeta, StoreFile } from "../model";
import type { SnapshotId } from "../snapshotId";
import {
	byName,
	DATABASE,
	DATABASE_SHM,
	DATABASE_WAL,
	META,
	parseWalName,
	sidecarOwner,
	type WalName,
} from "./fileNames";
import { withSidecar } from "./sidecarFile";

/** They mean nothing, unless the first is not empty. */
const SQLITES_OWN = [DATABASE_WAL, DATABASE_SHM];

/** A snapshot's directory as it is, before those around it say what it is a part of. */
export interface SnapshotDirectory {
	readonly id: SnapshotId;
	readonly path: string;
	/** Why nothing in it can be read; `undefined` when it can. */
	readonly unusable: ((snapshots: readonly string[]) => Finding) | undefined;
	/** `data.db`; `undefined` when nothing says that there is or was one. */
	readonly database: DataFile | undefined;
	/** A `data.db-wal` that is not empty. */
	readonly databaseWal: StoreFile | undefined;
	/** In the order in which they apply: by name. A WAL is `absent` when its checksum file alone is there. */
	readonly wals: readonly DirectoryWal[];
	readonly meta: SnapshotMeta | undefined;
	/** On what makes no snapshot unrestorable. */
	readonly findings: readonly Finding[];
}

export interface DirectoryWal {
	readonly path: string;
	readonly name: WalName;
	readonly data: DataFile;
}

/** Reads the directory of a snapshot; a link that is not followed is one in which nothing can be read. */
export async function readSnapshotDirectory(
	files: Files,
	path: string,
	id: SnapshotId,
	kind: Entry["kind"],
): Promise<SnapshotDirectory> {
	if (kind === "link-outside" || kind === "link-broken") {
		return unusableDirectory(id, path, (snapshots) => linkFinding(path, kind, "error", snapshots));
	}
	try {
		return await readEntries(files, path, id, await files.list(path));
	} catch (error) {
		if (!(error instanceof FileError) || error.path !== path) throw error;
		const advice = "Check the permissions of the directory.";
		return unusableDirectory(id, path, (snapshots) =>
			note("unreadable-directory", "error", path, error.message, advice, snapshots),
		);
	}
}

function unusableDirectory(id: SnapshotId, path: string, unusable: SnapshotDirectory["unusable"]): SnapshotDirectory {
	const nothing = { database: undefined, databaseWal: undefined, wals: [], meta: undefined, findings: [] };
	return { id, path, unusable, ...nothing };
}

async function readEntries(
	files: Files,
	path: string,
	id: SnapshotId,
	entries: readonly Entry[],
): Promise<SnapshotDirectory> {
	const findings: Finding[] = [];
	const dataNames = new Set<string>();
	for (const { name, kind } of byName(entries)) {
		const dataName = name === DATABASE || parseWalName(name) ? name : sidecarOwner(name);
		if (dataName !== undefined) dataNames.add(dataName);
		else if (name !== META && !(kind === "file" && SQLITES_OWN.includes(name))) findings.push(stray(path, name));
	}
	const { meta, findings: metaFindings } = await readMetaFile(files, joinPath(path, META), id);
	findings.push(...metaFindings);
	let database: DataFile | undefined;
	const wals: DirectoryWal[] = [];
	for (const dataName of [...dataNames].sort()) {
		const dataPath = joinPath(path, dataName);
		const data = await readData(files, dataPath, findings);
		const name = parseWalName(dataName);
		if (name) wals.push({ path: dataPath, name, data });
		else database = data;
	}
	const databaseWal = await statDataFile(files, joinPath(path, DATABASE_WAL));
	return {
		id,
		path,
		unusable: undefined,
		// Only what a leader sent lies under such names, and it sends its database with them.
		database: database ?? (wals.some(({ name }) => name.kind === "received") ? { state: "absent" } : undefined),
		databaseWal: databaseWal.state === "present" && databaseWal.file.sizeBytes > 0 ? databaseWal.file : undefined,
		wals,
		meta,
		findings,
	};
}

async function readData(files: Files, path: string, findings: Finding[]): Promise<DataFile> {
	const data = await statDataFile(files, path);
	if (data.state !== "present") return data;
	const checked = await withSidecar(files, data.file);
	findings.push(...checked.findings);
	return { state: "present", file: checked.file };
}

function stray(path: string, name: string): Finding {
	const strayPath = joinPath(path, name);
	if (!name.endsWith(".wal")) return strayEntry(strayPath, "a snapshot");
	return note(
		"stray-entry",
		"warning",
		strayPath,
		`${strayPath} has a name that no WAL of rqlite has; it is ignored.`,
		"A node would apply it, or refuse the store for its sake. Remove it if you know where it came from.",
	);
}
