import type { ByteSource, Cancellation } from "../../files";
import type { DatabaseHeader } from "../databaseHeader";
import type { CheckedState } from "./checkedState";
import { type DatabaseHead, readHead } from "./databaseHead";
import { type DatabaseSpace, databaseSpace } from "./databaseSpace";
import { type DatabaseFaults, type DatabaseObject, FaultList } from "./faults";
import { pageFormat } from "./pageFormat";
import { PageReader } from "./pageReader";
import { PageUses } from "./pageUses";
import { checkState } from "./stateCheck";

/** The pages of one state of a database. */
export interface CheckedImage extends ByteSource {
	/** Bytes. */
	readonly pageSize: number;
	readonly pageCount: number;
}

export interface CheckOptions {
	/**
	 * Numbers of the pages that may differ from the state checked before, in any order; pages that only one of the two
	 * states has need not be among them. Everything may where it is left out.
	 */
	readonly changed?: Iterable<number> | undefined;
	readonly cancel?: Cancellation | undefined;
	/** Called now and then. */
	readonly progress?: ((checkedPages: number) => void) | undefined;
}

const PAGES_PER_REPORT = 256;

/**
 * Checks the states that a database goes through, one after the other, as `PRAGMA quick_check` checks the structure of
 * each: what the header counts, the freelist, every b-tree from its root to its leaves and overflow pages, the pointer
 * map, and that every page has one use. Values are not looked at: no constraint, no order of an index. The first state
 * is read whole, a later one as far as it has changed; behind a state with faults it starts anew.
 * https://www.sqlite.org/pragma.html#pragma_quick_check, `FORMATS.md`, "The pages of a database"
 */
export class DatabaseCheck {
	readonly #uses = new PageUses();
	/** The header of the state before, where that was sound. */
	#before: DatabaseHeader | undefined;
	/** Of the state checked last, by their roots. */
	#objects: ReadonlyMap<number, DatabaseObject> = new Map();
	#space: DatabaseSpace | undefined;

	/** Checks the state that an image is now. Throws what reading the image throws, and when it is cancelled. */
	check(image: CheckedImage, options: CheckOptions = {}): DatabaseFaults {
		const checking = this.checkInPieces(image, options);
		for (;;) {
			const { done, value } = checking.next();
			if (done) return value;
		}
	}

	/** The same, halting after every piece of about a megabyte. */
	*checkInPieces(image: CheckedImage, options: CheckOptions = {}): Generator<void, DatabaseFaults> {
		this.#space = undefined;
		const before = this.#before;
		this.#before = undefined;
		const head = readHead(image);
		if ("problem" in head) return { faults: [{ page: 1, object: undefined, message: head.problem }], count: 1 };
		const { header } = head;
		const sameFormat = before?.pageSize === header.pageSize && before.reservedBytes === header.reservedBytes;
		let faults =
			sameFormat && options.changed ? yield* this.#checkPages(image, head, options, options.changed) : undefined;
		// Faults are told as the whole state shows them, whatever it came from.
		if (faults?.count !== 0) faults = yield* this.#checkPages(image, head, options, undefined);
		if (faults.count === 0) this.#before = header;
		return faults;
	}

	/** `changed`: as in the options; `undefined` to read all pages. */
	*#checkPages(
		image: CheckedImage,
		head: DatabaseHead,
		{ cancel, progress }: CheckOptions,
		changed: Iterable<number> | undefined,
	): Generator<void, DatabaseFaults> {
		const { pageSize, reservedBytes } = head.header;
		const objects = new Map<number, DatabaseObject>();
		this.#objects = objects;
		const faults = new FaultList((page) => this.objectOf(page));
		let steps = 0;
		const state: CheckedState = {
			format: pageFormat(pageSize, reservedBytes),
			reader: new PageReader(image, pageSize),
			uses: this.#uses,
			faults,
			step: () => {
				if (++steps % PAGES_PER_REPORT !== 0) return;
				cancel?.throwIfAborted();
				progress?.(steps);
			},
		};
		if (changed) this.#uses.advance(head.pageCount, changed);
		else this.#uses.clear(head.pageCount);
		const trees = yield* checkState(state, head, objects, changed === undefined);
		if (changed === undefined) this.#space = databaseSpace(pageSize, this.#uses, trees, faults);
		return { faults: faults.faults, count: faults.count };
	}

	/** What takes the space in the state checked last; `undefined` unless that was read whole. */
	space(): DatabaseSpace | undefined {
		return this.#space;
	}

	/** What a page belongs to, as far as the pages that lead to it have been read. */
	objectOf(page: number): DatabaseObject | undefined {
		const { parent } = this.#uses;
		if (!this.#uses.isOfTree(page)) return undefined;
		let at = page;
		// No tree is deeper, and a chain's pages lead to its cell at once.
		for (let depth = 0; depth < 24 && parent[at] !== 0; depth++) at = parent[at]!;
		return this.#objects.get(at);
	}
}
