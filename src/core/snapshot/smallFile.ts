import { FileError, type Files } from "../files";
import { visible } from "../text";
import { type DataFile, statDataFile } from "./dataFile";

/** What a small file that is read whole says. */
export type SmallFile<T> =
	| { readonly state: "read"; readonly value: T }
	/** Why not, on one line, as a sentence's end. */
	| { readonly state: "unreadable"; readonly why: string }
	| Exclude<DataFile, { readonly state: "present" }>;

/** Reads and parses a file unless it has more than `maxBytes`. `parse` throws a `SyntaxError` for what it cannot read. */
export async function readSmallFile<T>(
	files: Files,
	path: string,
	maxBytes: number,
	parse: (bytes: Uint8Array) => T,
): Promise<SmallFile<T>> {
	const data = await statDataFile(files, path);
	if (data.state !== "present") return data;
	const { sizeBytes } = data.file;
	if (sizeBytes > maxBytes) {
		return { state: "unreadable", why: `it has ${sizeBytes} bytes, and more than ${maxBytes} are not read` };
	}
	try {
		return { state: "read", value: parse(await files.read(path, 0, sizeBytes)) };
	} catch (error) {
		if (!(error instanceof SyntaxError || error instanceof FileError)) throw error;
		return { state: "unreadable", why: visible(error.message.replace(/\.$/, "")) };
	}
}
