import { basename } from "node:path";
import { createChecksums } from "../core/checksum/sidecar";
import type { Cancellation } from "../core/files";
import { type ChainSource, type OpenedImage, openImage } from "../core/snapshot/openImage";
import { StreamError } from "../core/stream/streamError";
import { visible } from "../core/text";
import type { Finding } from "../core/verify/finding";
import { openStreamFile, type StreamFile, type StreamFilePart } from "./streamFile";

/** The database that a full stream in a file holds, open for reading. Whoever opens it closes it. */
export interface StreamImage extends OpenedImage {
	/** What is wrong with the files in the stream, as sentences, in their order. */
	readonly faults: readonly string[];
	/** What is wrong in the header alone, the same way: the files themselves are whole. */
	readonly notes: readonly string[];
	/** Whether the image lacks some of what the stream should hold; otherwise nothing but checksums can be wrong. */
	readonly partial: boolean;
	/** To be asked once all is read: throws `FileError` when the file was changed since it was opened. */
	confirm(): void;
	close(): void;
}

/**
 * Opens the database that a full stream of either format holds, at a path of the file system, and checks the files in
 * it. Where the header's checksums alone say that something is wrong the image has everything, otherwise it ends where
 * `openImage` says. Throws `StreamError`, `incremental` for a stream that is nothing alone, `FileError`, and the reason
 * of a cancellation.
 */
export async function openStreamImage(path: string, cancel?: Cancellation): Promise<StreamImage> {
	const stream = openStreamFile(path);
	const { confirm, close } = stream;
	try {
		if (stream.kind !== "full") throw new StreamError("incremental", 0, whyNothingAlone(stream));
		const [base, wals] = [summed(stream.base), stream.wals.map(summed)];
		const sources = { base, wals, pending: 0, compacted: stream.format === "rqlite-v10" };
		const name = basename(path);
		const options = { cancel, checkBase: true };
		const checked = openImage({ ...sources, checksums: await createChecksums() }, name, options);
		const inWords = ({ path: file, message }: Finding) => {
			const part = [base, ...wals].find((candidate) => candidate.path === file || candidate.sidecar?.path === file);
			return part ? `${message} Its bytes begin at byte ${part.offset} of the stream.` : message;
		};
		const { findings } = checked.report;
		const notes = checked.report.notes.map(inWords);
		if (findings.length === 0) return { ...checked, faults: [], notes, partial: false, confirm, close };
		confirm(); // what was being written meanwhile is no damage
		const faults = findings.map(inWords);
		const unchecked = openImage(sources, name, options);
		const partial = !isWhole(unchecked);
		return { ...(partial ? checked : unchecked), faults, notes, partial, confirm, close };
	} catch (error) {
		close();
		throw error;
	}
}

/** The header's checksum in the place of the one that a store keeps beside a file. */
function summed(file: StreamFilePart): StreamFilePart & ChainSource {
	const { crc32c, path } = file;
	return crc32c === undefined ? file : { ...file, sidecar: { path: `the header for ${path}`, crc32c } };
}

/** Whether every frame of every WAL counts: damage can look like what an older cycle or a rollback leaves. */
function isWhole({ report: { findings, wals } }: OpenedImage): boolean {
	return (
		findings.length === 0 &&
		wals.every(({ end, frames, framesApplied }) => end?.reason === "end-of-file" && frames === framesApplied)
	);
}

function whyNothingAlone(stream: Exclude<StreamFile, { kind: "full" }>): string {
	if (stream.kind === "incremental")
		return "the stream is that of an incremental snapshot: it holds what changed since the one before, and cannot be restored alone";
	return `the stream holds no data: it names a directory of the node that made it, ${visible(stream.directory)}`;
}
