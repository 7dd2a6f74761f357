import { FileError, type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { type DataFile, statDataFile } from "../dataFile";
import { note } from "../entryFindings";
import { readMetaFile } from "../metaFile";
import type { SnapshotMeta } from "../model";
import type { SnapshotId } from "../snapshotId";

/** A snapshot's directory as it is, before its place among the others says what kind it is. */
export interface SnapshotDirectory {
	readonly id: SnapshotId;
	readonly path: string;
	readonly wal: DataFile;
	readonly meta: SnapshotMeta | undefined;
	readonly findings: readonly Finding[];
}

export async function readSnapshotDirectory(files: Files, path: string, id: SnapshotId): Promise<SnapshotDirectory> {
	const findings: Finding[] = [];
	try {
		for (const { name } of await files.list(path)) {
			if (name === "meta.json" || name === "wal") continue;
			const stray = joinPath(path, name);
			findings.push(
				note(
					"stray-entry",
					"info",
					stray,
					`${stray} is no part of a snapshot.`,
					"It is ignored. Remove it if you know where it came from.",
				),
			);
		}
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		findings.push(
			note("unreadable-directory", "error", path, error.message, "Check the permissions of the directory."),
		);
	}
	const { meta, findings: metaFindings } = await readMetaFile(files, joinPath(path, "meta.json"), id);
	findings.push(...metaFindings);
	return { id, path, wal: await statDataFile(files, joinPath(path, "wal")), meta, findings };
}
