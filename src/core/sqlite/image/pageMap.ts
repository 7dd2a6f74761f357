import { lockBytePage } from "../pageSize";
import { FRAME_HEADER_SIZE, frameOffset } from "../wal/header";
import type { AppliedFrames } from "../wal/scan";

/** Where the newest committed version of a page is. */
export type PagePlace =
	| { readonly in: "base" }
	/** Frame `frame`, from 0, of the log that was applied as number `log`, from 0. */
	| { readonly in: "log"; readonly log: number; readonly frame: number }
	/** In no file: SQLite would read zeros. */
	| { readonly in: "nothing" };

/** Where the bytes of a page begin. */
export interface PageLocation {
	/** 0 is the base, n the log that was applied as the n-th. */
	readonly file: number;
	/** In that file. */
	readonly offset: number;
	/** From 0, where the file is a log. */
	readonly frame?: number;
}

/**
 * Which version of each page counts after a base and the logs that were applied to it, in order. It holds no page; its
 * memory grows with the number of changed pages, not with the base.
 *
 * Each log is applied as SQLite's checkpoint does it: newest version of every page, then the database cut or grown to
 * the size of the last commit. What a log cut off stays cut off: a later one that grows again finds nothing there.
 */
export class PageMap {
	readonly #places = new Map<number, number>();
	/** Frames of all logs are numbered through; this is the number of each log's first one. */
	readonly #firstFrames: number[] = [];
	#frames = 0;
	#highest = 0;
	#basePages: number;
	#pageCount: number;

	constructor(
		readonly pageSize: number,
		basePages: number,
	) {
		this.#basePages = basePages;
		this.#pageCount = basePages;
	}

	/** Size of the database in pages. */
	get pageCount(): number {
		return this.#pageCount;
	}

	/** Pages from 1 up to this one are the base's where no log has a newer version. */
	get basePages(): number {
		return this.#basePages;
	}

	get changedPages(): number {
		return this.#places.size;
	}

	/** Applies a log's committed frames. */
	apply({ pageNumbers, pageCount }: AppliedFrames): void {
		this.#firstFrames.push(this.#frames);
		if (pageNumbers.length === 0) return;
		for (let n = 0; n < pageNumbers.length; n++) {
			const pageNumber = pageNumbers[n]!;
			this.#places.set(pageNumber, this.#frames + n);
			if (pageNumber > this.#highest) this.#highest = pageNumber;
		}
		this.#frames += pageNumbers.length;
		this.#pageCount = pageCount;
		this.#basePages = Math.min(this.#basePages, pageCount);
		if (this.#highest > pageCount) this.#cut();
	}

	/** The place of a page from 1 to `pageCount`. */
	find(pageNumber: number): PagePlace {
		const frame = this.#places.get(pageNumber);
		if (frame === undefined) return pageNumber <= this.#basePages ? { in: "base" } : { in: "nothing" };
		let log = this.#firstFrames.length - 1;
		while (this.#firstFrames[log]! > frame) log--;
		return { in: "log", log, frame: frame - this.#firstFrames[log]! };
	}

	/** The bytes of a page from 1 to `pageCount` in the files of the chain; `undefined` where none has them. */
	locate(pageNumber: number): PageLocation | undefined {
		const place = this.find(pageNumber);
		switch (place.in) {
			case "nothing":
				return undefined;
			case "base":
				return { file: 0, offset: (pageNumber - 1) * this.pageSize };
			case "log": {
				const { log, frame } = place;
				return { file: log + 1, offset: frameOffset(frame, this.pageSize) + FRAME_HEADER_SIZE, frame };
			}
		}
	}

	/** Changed pages, ascending. */
	changed(): Uint32Array {
		return Uint32Array.from(this.#places.keys()).sort();
	}

	/** The first page from a number on that no file holds; `undefined` when there is none. */
	firstMissing(from = 1): number | undefined {
		const lockPage = lockBytePage(this.pageSize);
		// Every step but the last finds a changed page, so this ends after as many as there are, whatever a commit claims.
		for (let pageNumber = Math.max(from, this.#basePages + 1); pageNumber <= this.#pageCount; pageNumber++) {
			if (pageNumber !== lockPage && !this.#places.has(pageNumber)) return pageNumber;
		}
		return undefined;
	}

	#cut(): void {
		for (const pageNumber of this.#places.keys()) if (pageNumber > this.#pageCount) this.#places.delete(pageNumber);
		this.#highest = this.#pageCount;
	}
}
