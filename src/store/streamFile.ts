import { basename } from "node:path";
import { FileError } from "../core/files";
import { readNow } from "../core/reading";
import type { NamedSource } from "../core/sqlite/image/pageImage";
import { StreamError } from "../core/stream/streamError";
import { readStreamLayout } from "../core/stream/streamLayout";
import { openFileSource } from "../node/fileSource";
import { rangeSource } from "./rangeSource";
import { StoreError } from "./storeError";

/** The files in a snapshot stream that lies in a file, open for reading. Whoever opens it closes it. */
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
 * Opens a file that holds a snapshot stream. Its header is read and its sizes must add up; what the files hold is not
 * looked at. Throws `StoreError`: `stream-truncated`, `stream-too-long`, `bad-stream`, `unsupported-version`,
 * `disk-failed`.
 */
export function openStreamFile(path: string): StreamFile {
	const name = basename(path);
	const named = (part: string) => `${name} (${part})`;
	const file = inStoreWords(path, () => openFileSource(path, name));
	try {
		const layout = inStoreWords(path, () => readNow(readStreamLayout(file.sizeBytes), file));
		const close = () => file.close();
		if (layout.kind === "incremental") {
			return { kind: "incremental", wal: { path: named("WAL"), source: rangeSource(file, layout.wal) }, close };
		}
		return {
			kind: "full",
			base: { path: named("database"), source: rangeSource(file, layout.database) },
			wals: layout.wals.map((range, at) => ({ path: named(`WAL ${at + 1}`), source: rangeSource(file, range) })),
			close,
		};
	} catch (error) {
		file.close();
		throw error;
	}
}

function inStoreWords<T>(path: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (error instanceof StreamError) {
			throw new StoreError(
				error.code,
				path,
				`The snapshot stream cannot be taken: ${error.message} (byte ${error.offset}). Send it again from its source.`,
				{ cause: error },
			);
		}
		if (error instanceof FileError) throw new StoreError("disk-failed", path, error.message, { cause: error });
		throw error;
	}
}
