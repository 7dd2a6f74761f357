import { type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { type DataFile, statDataFile } from "../dataFile";
import { readMetaFile } from "../metaFile";
import type { SnapshotMeta } from "../model";
import type { SnapshotId } from "../snapshotId";
import { strayFindings } from "../strayFindings";

/** A snapshot's directory as it is, before its place among the others says what kind it is. */
export interface SnapshotDirectory {
	readonly id: SnapshotId;
	readonly path: string;
	readonly wal: DataFile;
	readonly meta: SnapshotMeta | undefined;
	readonly findings: readonly Finding[];
}

export async function readSnapshotDirectory(files: Files, path: string, id: SnapshotId): Promise<SnapshotDirectory> {
	const findings = await strayFindings(files, path, (name) => name === "meta.json" || name === "wal");
	const { meta, findings: metaFindings } = await readMetaFile(files, joinPath(path, "meta.json"), id);
	const wal = await statDataFile(files, joinPath(path, "wal"));
	return { id, path, wal, meta, findings: [...findings, ...metaFindings] };
}
