import type { Files } from "../files";
import { visible } from "../text";
import type { Finding } from "../verify/finding";
import { note } from "./entryFindings";
import { MAX_META_BYTES, parseMeta } from "./meta";
import type { SnapshotMeta } from "./model";
import { readSmallFile } from "./smallFile";
import type { SnapshotId } from "./snapshotId";

const NAME_STANDS_IN =
	"The directory's name stands in for it, and the data can be read. A node would refuse the store: restore the snapshot to a file.";

/** What a `meta.json` says, and what is wrong with it. */
export interface MetaFile {
	/** `undefined` when it could not be read. */
	readonly meta: SnapshotMeta | undefined;
	readonly findings: readonly Finding[];
}

/** Reads the `meta.json` of the snapshot whose directory bears `id`. What is wrong with it makes no snapshot unrestorable. */
export async function readMetaFile(files: Files, path: string, id: SnapshotId): Promise<MetaFile> {
	const findings: Finding[] = [];
	const meta = await readMeta(files, path, findings);
	if (meta) findings.push(...mismatches(meta, id, path));
	return { meta, findings };
}

async function readMeta(files: Files, path: string, findings: Finding[]): Promise<SnapshotMeta | undefined> {
	const file = await readSmallFile(files, path, MAX_META_BYTES, parseMeta);
	switch (file.state) {
		case "absent":
			findings.push(note("meta-missing", "error", path, `${path} is missing.`, NAME_STANDS_IN));
			return undefined;
		case "unusable":
			findings.push(file.finding([]));
			return undefined;
		case "unreadable":
			findings.push(note("meta-unreadable", "error", path, `${path} cannot be read: ${file.why}.`, NAME_STANDS_IN));
			return undefined;
		case "read":
			findings.push(...faultFindings(path, file.value.faults));
			return file.value.meta;
	}
}

function faultFindings(path: string, faults: readonly string[]): readonly Finding[] {
	if (faults.length === 0) return [];
	const message = `${path}: ${faults.join(", ")}.`;
	return [note("meta-field", "error", path, message, "The directory's name stands in for id, term and index.")];
}

/** Where `meta.json` contradicts the directory's name, which wins. */
function mismatches(meta: SnapshotMeta, id: SnapshotId, path: string): readonly Finding[] {
	const pairs = [
		["ID", meta.id, id.id],
		["Term", meta.term, id.term],
		["Index", meta.index, id.index],
	] as const;
	return pairs
		.filter(([, said, named]) => said !== undefined && said !== named)
		.map(([field, said, named]) =>
			note(
				"meta-mismatch",
				"warning",
				path,
				`${path}: ${field} is ${visible(String(said))}, the directory's name says ${named}.`,
				"The directory's name is believed. A node believes meta.json, and would apply the wrong files.",
			),
		);
}
