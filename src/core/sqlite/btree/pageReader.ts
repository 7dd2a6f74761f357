import type { ByteSource } from "../../files";
import { pieceMemory } from "../../pieceMemory";
import { uint32 } from "./pageFormat";

/** Bytes that one request takes together where pages are read in file order. */
const PIECE_SIZE = 1 << 20;
/** What a number that starts at a page's end can reach into. */
const PADDING = 16;

/** Reads pages of a database. What an array holds counts until the next page is read into it. */
export class PageReader {
	readonly pagesPerPiece: number;
	readonly #source: ByteSource;
	readonly #pageSize: number;
	readonly #page: Uint8Array;
	readonly #link = new Uint8Array(4);
	#piece: Uint8Array | undefined;

	constructor(source: ByteSource, pageSize: number) {
		this.#source = source;
		this.#pageSize = pageSize;
		this.#page = new Uint8Array(pageSize + PADDING);
		this.pagesPerPiece = Math.max(1, Math.floor(PIECE_SIZE / pageSize));
	}

	/** One page, at the start of an array that is longer. */
	page(page: number): Uint8Array {
		this.#read(this.#page, page, this.#pageSize);
		return this.#page;
	}

	/** The number that an overflow or trunk page begins with: the page after it. */
	link(page: number): number {
		this.#read(this.#link, page, 4);
		return uint32(this.#link, 0);
	}

	/** Pages in file order, at most `pagesPerPiece`, at the start of an array that is longer. */
	piece(first: number, pages: number): Uint8Array {
		this.#piece ??= pieceMemory(this.pagesPerPiece * this.#pageSize + PADDING);
		this.#read(this.#piece, first, pages * this.#pageSize);
		return this.#piece;
	}

	/** What the source does not have is zero, as for SQLite. */
	#read(target: Uint8Array, page: number, length: number): void {
		const read = this.#source.readInto(target.subarray(0, length), (page - 1) * this.#pageSize);
		if (read < length) target.fill(0, read, length);
	}
}
