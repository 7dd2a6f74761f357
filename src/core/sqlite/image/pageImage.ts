import { type ByteSource, FileError } from "../../files";
import type { PageMap } from "./pageMap";

/** A file that an image reads pages from. */
export interface NamedSource {
	/** Relative to the store. */
	readonly path: string;
	readonly source: ByteSource;
}

/**
 * The database of one snapshot, put together from its base and its logs as it is read: the bytes are those of the file
 * that SQLite's checkpoint would make. Any range can be read; nothing is copied ahead.
 */
export class PageImage implements ByteSource {
	readonly #map: PageMap;
	/** Base first. */
	readonly #files: readonly NamedSource[];

	/** `logs`: in the order in which they were applied to `map`. */
	constructor(map: PageMap, base: NamedSource, logs: readonly NamedSource[]) {
		this.#map = map;
		this.#files = [base, ...logs];
	}

	/** Bytes of a page. */
	get pageSize(): number {
		return this.#map.pageSize;
	}

	get pageCount(): number {
		return this.#map.pageCount;
	}

	get changedPages(): number {
		return this.#map.changedPages;
	}

	get sizeBytes(): number {
		return this.#map.pageCount * this.#map.pageSize;
	}

	/** Throws `FileError` when a file has become shorter since its log was read. */
	readInto(target: Uint8Array, offset: number): number {
		const end = Math.min(offset + target.byteLength, this.sizeBytes);
		let at = offset;
		while (at < end) {
			const [from, until] = this.#stretch(at, end);
			const part = target.subarray(at - offset, at - offset + until - at);
			if (from === undefined) part.fill(0);
			else readAll(from.file, part, from.offset);
			at = until;
		}
		return Math.max(0, end - offset);
	}

	/** The file and offset where byte `at` lies, and how far, at most to `end`, the bytes behind it lie there in a row. */
	#stretch(at: number, end: number): [{ readonly file: NamedSource; readonly offset: number } | undefined, number] {
		const { pageSize } = this.#map;
		let pageNumber = Math.floor(at / pageSize) + 1;
		const location = this.#map.locate(pageNumber);
		const until = () => Math.min(pageNumber * pageSize, end);
		if (!location) return [undefined, until()];
		if (location.file === 0) while (until() < end && this.#map.find(pageNumber + 1).in === "base") pageNumber++;
		return [{ file: this.#files[location.file]!, offset: location.offset + (at % pageSize) }, until()];
	}
}

function readAll({ path, source }: NamedSource, target: Uint8Array, offset: number): void {
	const read = source.readInto(target, offset);
	if (read < target.byteLength) {
		throw new FileError(
			"unreadable",
			path,
			`${path}: the file ends at byte ${offset + read}; it was longer when it was opened`,
		);
	}
}
