import { joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import { DATABASE } from "./fileNames";
import type { DirectoryWal, SnapshotDirectory } from "./snapshotDirectory";

const TAKE_IT = "Take it, with its .crc32 file, from a backup or another node.";

/** What is wrong with the data of a snapshot. `snapshots`: its own id and those after it in its chain. */
export function dataFindings(directory: SnapshotDirectory, snapshots: readonly string[]): readonly Finding[] {
	if (directory.unusable) return [directory.unusable(snapshots)];
	const { path, database, wals } = directory;
	if (!database && wals.length === 0) {
		return [
			note(
				"data-missing",
				"error",
				path,
				`${path} holds neither ${DATABASE} nor a WAL; this snapshot and those after it in its chain cannot be rebuilt.`,
				"Take the directory from a backup or another node. Snapshots before it are not affected.",
				snapshots,
			),
		];
	}
	return [...databaseFindings(directory, snapshots), ...wals.flatMap((wal) => walFindings(wal, snapshots))];
}

/** What is wrong with the database of a full snapshot, and what lies beside it. */
export function databaseFindings(
	{ path, database, databaseWal }: SnapshotDirectory,
	snapshots: readonly string[],
): readonly Finding[] {
	const findings: Finding[] = [];
	const databasePath = joinPath(path, DATABASE);
	if (database?.state === "unusable") findings.push(database.finding(snapshots));
	if (database?.state === "absent") {
		const message = `${databasePath} is missing; no snapshot that goes on from it can be read.`;
		findings.push(note("base-missing", "error", databasePath, message, TAKE_IT, snapshots));
	}
	if (databaseWal) {
		findings.push(
			note(
				"database-wal",
				"warning",
				databaseWal.path,
				`${databaseWal.path} has ${databaseWal.sizeBytes} bytes: someone has written to ${databasePath} through SQLite, or a reap was cut short and its plan is gone.`,
				"It is no part of the snapshot and is ignored. Remove it before SQLite or a node's next reap applies it.",
			),
		);
	}
	return findings;
}

function walFindings({ path, data }: DirectoryWal, snapshots: readonly string[]): readonly Finding[] {
	switch (data.state) {
		case "present":
			return [];
		case "unusable":
			return [data.finding(snapshots)];
		case "absent": {
			const message = `${path} is missing: its checksum file is there. This snapshot and those after it cannot be rebuilt.`;
			return [
				note("wal-missing", "error", path, message, `${TAKE_IT} Snapshots before it are not affected.`, snapshots),
			];
		}
	}
}
