import { FileError } from "../../core/files";
import type { NamedSource } from "../../core/sqlite/image/pageImage";
import { StreamError } from "../../core/stream/streamError";
import { openStreamFile as openAnyStream } from "../../node/streamFile";
import { StoreError } from "../storeError";

/** The files in a stream for a store with generations, open for reading. Whoever opens it closes it. */
export type StreamFile = (
	| {
			readonly kind: "full";
			readonly base: NamedSource;
			/** In the order in which they apply. */
			readonly wals: readonly NamedSource[];
	  }
	| { readonly kind: "incremental"; readonly wal: NamedSource }
) & { close(): void };

/**
 * Opens a file that holds a stream for a store with generations. What the files in it hold is not looked at. Throws
 * `StoreError`: `stream-truncated`, `stream-too-long`, `bad-stream`, `unsupported-version`, `disk-failed`.
 */
export function openStreamFile(path: string): StreamFile {
	try {
		const stream = openAnyStream(path);
		if (stream.kind === "incremental" || (stream.kind === "full" && stream.format === "generations")) return stream;
		stream.close();
		throw new StreamError(
			"bad-stream",
			0,
			"the stream is one of rqlite 10, which a store with generations does not take",
		);
	} catch (error) {
		throw streamErrorInStoreWords(path, error);
	}
}

/** What opening a stream throws, in the store's words; any other error comes back as it is. */
export function streamErrorInStoreWords(path: string, error: unknown): unknown {
	if (error instanceof FileError) return new StoreError("disk-failed", path, error.message, { cause: error });
	if (!(error instanceof StreamError)) return error;
	if (error.code === "incremental") {
		const message = `The snapshot stream cannot be restored: ${error.message}. Take that of a full snapshot.`;
		return new StoreError("full-needed", path, message, { cause: error });
	}
	const message = `The snapshot stream cannot be taken: ${error.message} (byte ${error.offset}). Send it again from its source.`;
	return new StoreError(error.code, path, message, { cause: error });
}
