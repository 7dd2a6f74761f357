import { eachInTurn } from "../../eachInTurn";
import { type Cancellation, type Entry, FileError, type Files, joinPath } from "../../files";
import { WAL_HEADER_SIZE } from "../../sqlite/wal/header";
import type { Finding } from "../../verify/finding";
import { type DataFile, statDataFile } from "../dataFile";
import { linkFinding, note, strayEntry, unfinishedSnapshot } from "../entryFindings";
import { listedSnapshot } from "../listedSnapshot";
import type { Generation, Snapshot, StoreFile } from "../model";
import { compareSnapshotIds, parseSnapshotId, type SnapshotId } from "../snapshotId";
import { isReapLeftover, readReapLeftovers } from "./reapLeftovers";
import { readSnapshotDirectory, type SnapshotDirectory } from "./snapshotDirectory";

const BASE = "base.sqlite";

/** One generation: its base, what a reap left beside it, and its snapshots. */
export async function readGeneration(
	files: Files,
	name: string,
	current: boolean,
	cancel?: Cancellation,
): Promise<Generation> {
	const path = joinPath("generations", name);
	const findings: Finding[] = [];
	const directories: SnapshotDirectory[] = [];
	const leftovers: Entry[] = [];
	const named: { readonly path: string; readonly id: SnapshotId }[] = [];
	for (const entry of await listOrFind(files, path, findings)) {
		const id = parseSnapshotId(entry.name);
		if (id && entry.kind === "directory") {
			named.push({ path: joinPath(path, entry.name), id });
		} else if (id && (entry.kind === "link-outside" || entry.kind === "link-broken")) {
			directories.push(linkedDirectory(joinPath(path, entry.name), id, entry.kind));
		} else if (isReapLeftover(entry.name)) {
			leftovers.push(entry);
		} else if (entry.name !== BASE) {
			findings.push(entryFinding(joinPath(path, entry.name), entry));
		}
	}
	directories.push(...(await eachInTurn(named, ({ path, id }) => readSnapshotDirectory(files, path, id), cancel)));
	directories.sort((a, b) => compareSnapshotIds(a.id, b.id));
	const ids = directories.map(({ id }) => id.id);
	const base = await statDataFile(files, joinPath(path, BASE));
	const baseFile = base.state === "present" ? base.file : undefined;
	findings.push(...baseFindings(base, joinPath(path, BASE), ids));
	if (!findings.some(({ code }) => code === "unreadable-directory")) findings.push(...unfinishedFindings(path, ids));
	const left = await readReapLeftovers(files, path, leftovers, directories, cancel);
	findings.push(...left.findings);
	const snapshots = directories.map((directory, position) =>
		snapshotOf(directory, {
			generation: name,
			position,
			base: baseFile,
			removedWal: left.walOf === directory ? left.pending.at(-1) : undefined,
			laterIds: ids.slice(position),
		}),
	);
	return { name, path, current, base: baseFile, pending: left.pending, compacted: false, snapshots, findings };
}

async function listOrFind(files: Files, path: string, findings: Finding[]): Promise<readonly Entry[]> {
	try {
		return await files.list(path);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		findings.push(
			note("unreadable-directory", "error", path, error.message, "Check the permissions of the directory."),
		);
		return [];
	}
}

/** A snapshot whose directory is a link that is not followed: it is listed, and breaks its chain from there on. */
function linkedDirectory(path: string, id: SnapshotId, kind: "link-outside" | "link-broken"): SnapshotDirectory {
	const wal: DataFile = { state: "unusable", finding: (ids) => linkFinding(path, kind, "error", ids) };
	return { id, path, wal, meta: undefined, findings: [] };
}

/** What an entry is that belongs to no snapshot. */
function entryFinding(path: string, { name, kind }: Entry): Finding {
	if (kind === "link-outside" || kind === "link-broken") return linkFinding(path, kind, "info", []);
	return kind === "directory" && name.endsWith(".tmp") ? unfinishedSnapshot(path) : strayEntry(path, "a generation");
}

function baseFindings(base: DataFile, path: string, ids: readonly string[]): readonly Finding[] {
	if (base.state === "unusable") return [base.finding(ids)];
	if (base.state === "present" || ids.length === 0) return [];
	return [
		note(
			"base-missing",
			"error",
			path,
			`${path} is missing; no snapshot of the generation can be read.`,
			"Take it from a backup or another node, or use another generation.",
			ids,
		),
	];
}

function unfinishedFindings(path: string, ids: readonly string[]): readonly Finding[] {
	if (ids.length > 0) return [];
	return [
		note(
			"unfinished-generation",
			"warning",
			path,
			`${path} holds no snapshot: a full snapshot was begun and never completed.`,
			"The generation before it is the newest whole one. Copy the store before a node opens it: rqlite 7.21 removes older generations at start.",
		),
	];
}

interface Place {
	readonly generation: string;
	/** Among the generation's snapshots, oldest first. */
	readonly position: number;
	readonly base: StoreFile | undefined;
	/** The WAL of a snapshot whose removal was cut short, where a reap had copied it. */
	readonly removedWal: StoreFile | undefined;
	/** Its own id and those of the snapshots after it. */
	readonly laterIds: readonly string[];
}

/**
 * A directory with a WAL is incremental whatever its `meta.json` says. Without one it is full if it is the oldest and
 * does not claim to be incremental; else its WAL is missing: base alone would be an older state under its name.
 */
function snapshotOf({ id, path, wal, meta, findings }: SnapshotDirectory, place: Place): Snapshot {
	const { generation, position, base, removedWal, laterIds } = place;
	const own: Finding[] = [...findings];
	const full = wal.state === "absent" && position === 0 && meta?.full !== false && !removedWal;
	const file = full ? base : wal.state === "present" ? wal.file : removedWal;
	const walPath = joinPath(path, "wal");
	if (wal.state === "unusable") {
		own.push(wal.finding(laterIds));
	} else if (!full && !file) {
		own.push(
			note(
				"wal-missing",
				"error",
				walPath,
				`${walPath} is missing; this snapshot and those after it cannot be rebuilt.`,
				"Take it from a backup or another node. Snapshots before it are not affected.",
				laterIds,
			),
		);
	}
	if (wal.state === "present" && (wal.file.sizeBytes === 0 || wal.file.sizeBytes === WAL_HEADER_SIZE)) {
		own.push(
			note(
				"wal-empty",
				"info",
				walPath,
				`${walPath} has no frames: the state is that of the snapshot before it.`,
				"Nothing to do if nothing was written between the two snapshots.",
			),
		);
	}
	if (meta?.full !== undefined && meta.full !== full) {
		const [says, is] = meta.full ? ["full", "it has a wal of its own"] : ["incremental", "it has no wal"];
		own.push(
			note(
				"meta-mismatch",
				"warning",
				joinPath(path, "meta.json"),
				`${joinPath(path, "meta.json")} calls the snapshot ${says}, but ${is}.`,
				"The files are believed. A node would believe meta.json and restore another state.",
			),
		);
	}
	const wals = file && !full ? [file] : [];
	return listedSnapshot({ id, path, full, base: full ? file : undefined, wals, meta, findings: own }, generation);
}
