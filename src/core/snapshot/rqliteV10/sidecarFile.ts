import type { Files } from "../../files";
import { visible } from "../../text";
import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import { fieldOf, parseJsonObject } from "../jsonObject";
import type { StoreFile } from "../model";
import { readSmallFile } from "../smallFile";
import { SIDECAR_SUFFIX } from "./fileNames";

/** A larger one is not read: a real one has 38 bytes. */
export const MAX_SIDECAR_BYTES = 4096;

const UNCHECKED = "The file can be read, but nothing says whether it is what the node wrote.";
const REFUSED = `${UNCHECKED} A node would refuse the store: restore the snapshot to a file.`;

/** What a checksum file says. */
export type SidecarText =
	/** CRC-32C of the whole data file, unsigned. */
	| { readonly disabled: false; readonly crc32c: number }
	/** Written to say that the file is not to be checked. */
	| { readonly disabled: true };

/** The text of a checksum file: `src/core/FORMATS.md`, "A checksum file". Throws a `SyntaxError` when it is not one that a node would accept. */
export function parseSidecar(bytes: Uint8Array): SidecarText {
	const root = parseJsonObject(bytes);
	const disabled = fieldOf(root, "disabled") ?? false;
	if (typeof disabled !== "boolean") throw new SyntaxError("disabled is no truth value");
	if (disabled) return { disabled };
	const type = fieldOf(root, "type");
	if (type !== "castagnoli") {
		throw new SyntaxError(
			typeof type === "string" ? `its type is ${visible(type)}, not castagnoli` : "type is no text",
		);
	}
	const crc = fieldOf(root, "crc");
	if (typeof crc !== "string" || !/^[0-9a-f]{8}$/i.test(crc)) {
		throw new SyntaxError("crc is no text of eight hexadecimal digits");
	}
	return { disabled, crc32c: Number.parseInt(crc, 16) };
}

/** A data file with what its checksum file says. What is wrong with that one makes no snapshot unrestorable. */
export interface CheckedFile {
	readonly file: StoreFile;
	readonly findings: readonly Finding[];
}

/** Reads the checksum file that must lie beside a data file. */
export async function withSidecar(files: Files, file: StoreFile): Promise<CheckedFile> {
	const path = file.path + SIDECAR_SUFFIX;
	const text = await readSmallFile(files, path, MAX_SIDECAR_BYTES, parseSidecar);
	switch (text.state) {
		case "absent":
			return {
				file,
				findings: [
					note("sidecar-missing", "error", path, `${path}, the checksum of ${file.path}, is missing.`, REFUSED),
				],
			};
		case "unusable":
			return { file, findings: [text.finding([])] };
		case "unreadable":
			return {
				file,
				findings: [note("sidecar-unreadable", "error", path, `${path} cannot be read: ${text.why}.`, REFUSED)],
			};
		case "read":
			if (!text.value.disabled)
				return { file: { ...file, sidecar: { path, crc32c: text.value.crc32c } }, findings: [] };
			return {
				file,
				findings: [
					note("sidecar-disabled", "info", path, `${path} says that ${file.path} is not to be checked.`, UNCHECKED),
				],
			};
	}
}
