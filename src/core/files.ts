/**
 * The port through which core reads a store. It cannot write.
 *
 * Paths are relative to the directory the port was made for, use `/` on every platform, and never contain `.` or `..`;
 * the empty path is that directory itself.
 */
export interface Files {
	/** The name of that directory. */
	readonly name: string;
	/** Entries of a directory, in no particular order. Throws `FileError`. */
	list(path: string): Promise<readonly Entry[]>;
	/** What is at a path now, or `undefined` when nothing is. Throws `FileError` when it cannot be told. */
	stat(path: string): Promise<Stat | undefined>;
	/**
	 * The bytes `[offset, offset + length)`, fewer when the file ends before that. The caller owns the array.
	 * Throws `FileError`.
	 */
	read(path: string, offset: number, length: number): Promise<Uint8Array>;
}

/** One name in a directory. */
export interface Entry {
	readonly name: string;
	/** For a link that stays inside, the kind of what it points at. */
	readonly kind: EntryKind;
	readonly link: boolean;
}

export interface Stat {
	/** For a link that stays inside, everything here is of what it points at. */
	readonly kind: EntryKind;
	readonly sizeBytes: number;
	/** Milliseconds since the Unix epoch, fractions possible. */
	readonly modifiedAt: number;
}

/**
 * `link-outside` leads out of the port's directory and is never followed; `link-broken` leads nowhere or in a circle;
 * `other` is a socket, a device, a pipe.
 */
export type EntryKind = "file" | "directory" | "link-outside" | "link-broken" | "other";

/** Why a file could not be read. `path` is relative to the port's directory. */
export class FileError extends Error {
	override readonly name = "FileError";
	constructor(
		readonly code:
			| "not-found"
			| "no-permission"
			| "not-a-directory"
			| "not-a-file"
			| "outside"
			/** It is another now than it was when it was listed. */
			| "changed"
			| "unreadable",
		readonly path: string,
		message: string,
	) {
		super(message);
	}
}

/** The part of an `AbortSignal` that core needs. */
export interface Cancellation {
	readonly aborted: boolean;
	throwIfAborted(): void;
}

/**
 * Random access to bytes that are at hand at once (an open file, an array), for readers that cannot wait, as SQLite's
 * pager. `sizeBytes` is the size when it was opened.
 */
export interface ByteSource {
	readonly sizeBytes: number;
	/** Fills `target` from `offset`; answers how many bytes there were, fewer than asked only at the end of the file. */
	readInto(target: Uint8Array, offset: number): number;
	/** As `readInto`, without holding up the thread; only where the platform can. It must stay open meanwhile. */
	fill?(target: Uint8Array, offset: number): Promise<number>;
}

/** A byte source that holds something open. Whoever opens it closes it. */
export interface OpenSource extends ByteSource {
	close(): void;
}

/** A byte source over an array, which it does not copy. */
export function bytesSource(bytes: Uint8Array): ByteSource {
	return {
		sizeBytes: bytes.byteLength,
		readInto(target, offset) {
			const part = bytes.subarray(offset, offset + target.byteLength);
			target.set(part);
			return part.byteLength;
		},
	};
}

/** Joins path parts of the port; empty parts vanish. */
export function joinPath(...parts: readonly string[]): string {
	return parts.filter((part) => part !== "").join("/");
}
