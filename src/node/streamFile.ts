import { basename } from "node:path";
import { rangeSource } from "../core/rangeSource";
import { readNow } from "../core/reading";
import type { NamedSource } from "../core/sqlite/image/pageImage";
import { readStreamLayout } from "../core/stream/readStreamLayout";
import type { ByteRange, StreamFormat, StreamPart } from "../core/stream/streamLayout";
import { openFileSource } from "./fileSource";
import { stampFiles } from "./fileStamps";
import { regularFile } from "./regularFile";

/** A snapshot stream that lies in a file, open for reading. Whoever opens it closes it. */
export type StreamFile = (
	| {
			readonly kind: "full";
			readonly format: StreamFormat;
			readonly base: StreamFilePart;
			/** In the order in which they apply. */
			readonly wals: readonly StreamFilePart[];
	  }
	| { readonly kind: "incremental"; readonly wal: NamedSource }
	| { readonly kind: "incremental-file"; readonly directory: string }
) & {
	/** To be asked once all is read: throws `FileError` when the file was changed since it was opened. */
	confirm(): void;
	close(): void;
};

/** One of the files in a stream: `path` is the stream's name, and which of them it is. */
export interface StreamFilePart extends NamedSource {
	/** Where it begins, in bytes from the start of the stream. */
	readonly offset: number;
	/** What the stream's header says it is, a uint32; `undefined` in a format without checksums. */
	readonly crc32c: number | undefined;
}

/**
 * Opens a file that holds a snapshot stream, at a path of the file system. Its header is read and its sizes must add up;
 * what the files in it hold is not looked at. Throws `StreamError`, `FileError`.
 */
export function openStreamFile(path: string): StreamFile {
	const real = regularFile(path);
	const { confirm } = stampFiles([real]);
	const file = openFileSource(real, path);
	const close = () => file.close();
	const named = (part: string, range: ByteRange): NamedSource => ({
		path: `${basename(path)} (${part})`,
		source: rangeSource(file, range),
	});
	const summed = (part: string, range: StreamPart): StreamFilePart => ({
		...named(part, range),
		offset: range.offset,
		crc32c: range.crc32c,
	});
	try {
		const layout = readNow(readStreamLayout(file.sizeBytes), file);
		switch (layout.kind) {
			case "full":
				return {
					kind: "full",
					format: layout.format,
					base: summed("database", layout.database),
					wals: layout.wals.map((range, at) => summed(`WAL ${at + 1}`, range)),
					confirm,
					close,
				};
			case "incremental":
				return { kind: "incremental", wal: named("WAL", layout.wal), confirm, close };
			case "incremental-file":
				return { ...layout, confirm, close };
		}
	} catch (error) {
		close();
		throw error;
	}
}
