import type { Finding } from "../../verify/finding";
import type { DataFile } from "../dataFile";
import { note } from "../entryFindings";
import type { FlatSnapshot } from "../flat/flatStore";
import { supersededSnapshot } from "../flat/supersededSnapshot";
import type { SnapshotId } from "../snapshotId";
import { databasePath, walPath } from "./listing";
import type { SnapshotDirectory } from "./store";

/**
 * What the files beside each directory mean. There is one database at most times; an incremental snapshot takes it over:
 * its directory and its WAL are put in place, then the database of the snapshot before is renamed to its own, then the
 * WAL is checkpointed into it, then the snapshot before is removed. A snapshot without changes does the same without a
 * WAL. A node that is stopped on the way leaves one of:
 *
 * | the snapshot before | the newest one | how it is read |
 * | --- | --- | --- |
 * | has the database | has the WAL alone, or nothing | the older database, which nothing has changed yet, and the WAL over it |
 * | has lost it | has the database and the WAL | the WAL over the database, right at any stage: a checkpoint only puts whole pages of the WAL in their places |
 *
 * `directories`: oldest first.
 */
export function snapshotsOf(directories: readonly SnapshotDirectory[]): readonly FlatSnapshot[] {
	const roles = rolesOf(directories);
	return directories.map((directory, at) => {
		const next = roles.findIndex((role, later) => later > at && role !== "incremental");
		const chain = directories.slice(at, next === -1 ? undefined : next).map(({ id }) => id.id);
		return snapshotOf(directory, roles[at]!, chain);
	});
}

/** `superseded`: its data went into a newer one. `lost`: it should have data of its own and has none. */
type Role = "full" | "incremental" | "superseded" | "lost";

function rolesOf(directories: readonly SnapshotDirectory[]): readonly Role[] {
	const newestDatabase = directories.findLastIndex(({ database }) => database.state !== "absent");
	/** Whether the snapshot before has a state to go on from. */
	let follows = false;
	return directories.map(({ database, wal, meta }, at) => {
		// The size is written when the snapshot has its database: a later one without it has lost that.
		const unchanged = follows && at === directories.length - 1 && meta?.sizeBytes === 0n;
		const goesOn = wal.state !== "absent" || unchanged;
		if (database.state !== "absent") {
			follows = true;
			return "full";
		}
		if (goesOn && (follows || at > newestDatabase)) return "incremental";
		follows = false;
		return at < newestDatabase ? "superseded" : "lost";
	});
}

/** `chain`: its own id and those of the snapshots that go on from it. */
function snapshotOf(
	{ id, database, wal, meta, findings }: SnapshotDirectory,
	role: Role,
	chain: readonly string[],
): FlatSnapshot {
	const own: Finding[] = [...findings];
	const common = { id, path: id.id, meta, findings: own };
	if (database.state === "unusable") own.push(database.finding(chain));
	if (wal.state === "unusable" && role !== "superseded") own.push(wal.finding(chain));
	const wals = wal.state === "present" ? [wal.file] : [];
	switch (role) {
		case "full": {
			const base = database.state === "present" ? database.file : undefined;
			own.push(...replayFindings(walPath(id), wal));
			// A WAL of no bytes has been checkpointed; SQLite empties it before it removes it.
			const replayed = wals.filter(({ sizeBytes }) => sizeBytes > 0);
			return { ...common, full: true, base, wals: replayed, pending: replayed.length };
		}
		case "incremental":
			own.push(...takeoverFindings(id, wal, chain));
			return { ...common, full: false, base: undefined, wals };
		case "superseded":
			own.push(supersededSnapshot(databasePath(id), id));
			return { ...common, full: true, base: undefined, wals: [] };
		case "lost":
			own.push(
				note(
					"base-missing",
					"error",
					databasePath(id),
					`${databasePath(id)} is missing; the snapshot cannot be read.`,
					"Take it from a backup or another node.",
					chain,
				),
			);
			return { ...common, full: true, base: undefined, wals: [] };
	}
}

/** On a WAL beside the database of its own snapshot. */
function replayFindings(path: string, wal: DataFile): readonly Finding[] {
	if (wal.state !== "present") return [];
	if (wal.file.sizeBytes === 0) {
		return [note("wal-empty", "info", path, `${path} is empty: it has been checkpointed.`, "Nothing to do.")];
	}
	return [
		pending(
			path,
			`${path} is a WAL whose checkpoint into the database beside it has not been finished; it is applied to that.`,
		),
	];
}

/** On a snapshot that has no database of its own yet. */
function takeoverFindings(id: SnapshotId, wal: DataFile, chain: readonly string[]): readonly Finding[] {
	const path = walPath(id);
	switch (wal.state) {
		case "unusable":
			return [];
		case "absent":
			return [pending(id.id, `${id.id} is a snapshot without changes: the state is that of the database before it.`)];
		case "present":
			if (wal.file.sizeBytes > 0)
				return [pending(path, `${path} is a WAL not replayed yet: it is applied to the database before it.`)];
			return [
				note(
					"wal-empty",
					"error",
					path,
					`${path} is empty, and rqlite stores no empty WAL: what the snapshot changed is lost.`,
					"Take the file from a backup or another node. The snapshot before is not affected.",
					chain,
				),
			];
	}
}

function pending(path: string, message: string): Finding {
	return note(
		"replay-pending",
		"warning",
		path,
		message,
		"Nothing is lost. A node that is running finishes it; one that was stopped does when it next starts.",
	);
}
