import { FileError, type Files } from "../files";
import { visible } from "../text";
import type { Finding } from "../verify/finding";
import { statDataFile } from "./dataFile";
import { note } from "./entryFindings";
import { MAX_META_BYTES, parseMeta } from "./meta";
import type { SnapshotMeta } from "./model";
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
	const file = await statDataFile(files, path);
	switch (file.state) {
		case "absent":
			findings.push(note("meta-missing", "error", path, `${path} is missing.`, NAME_STANDS_IN));
			return undefined;
		case "unusable":
			findings.push(file.finding([]));
			return undefined;
		case "present":
			return parseMetaFile(files, path, file.file.sizeBytes, findings);
	}
}

async function parseMetaFile(files: Files, path: string, sizeBytes: number, findings: Finding[]) {
	const unreadable = (why: string) => {
		findings.push(note("meta-unreadable", "error", path, `${path} cannot be read: ${visible(why)}.`, NAME_STANDS_IN));
	};
	if (sizeBytes > MAX_META_BYTES) {
		unreadable(`it has ${sizeBytes} bytes, and more than ${MAX_META_BYTES} are not read`);
		return undefined;
	}
	try {
		const { meta, faults } = parseMeta(await files.read(path, 0, sizeBytes));
		if (faults.length > 0) {
			findings.push(
				note(
					"meta-field",
					"error",
					path,
					`${path}: ${faults.join(", ")}.`,
					"The directory's name stands in for id, term and index.",
				),
			);
		}
		return meta;
	} catch (error) {
		if (!(error instanceof SyntaxError || error instanceof FileError)) throw error;
		unreadable(error.message.replace(/\.$/, ""));
		return undefined;
	}
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
