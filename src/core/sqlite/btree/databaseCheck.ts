import type { ByteSource, Cancellation } from "../../files";
import { FormatError } from "../../formatError";
import { DATABASE_HEADER_SIZE, type DatabaseHeader, parseDatabaseHeader } from "../databaseHeader";
import { checkChains } from "./chainCheck";
import type { CheckedState } from "./checkedState";
import { type DatabaseFaults, type DatabaseObject, FaultList } from "./faults";
import { checkFreelist } from "./freelistCheck";
import { pageFormat, uint32 } from "./pageFormat";
import { PageReader } from "./pageReader";
import { PageUses, UNUSED } from "./pageUses";
import { checkPointerMap, pagesPerPointerMap } from "./pointerMapCheck";
import { readSchema } from "./schema";
import { lacksRoot, SCHEMA, type SchemaObject, schemaObject } from "./schemaObjects";
import { TreeWalk } from "./treeWalk";

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

/** SQLite's own fields of the header that have one value only: how full b-tree pages may and must be. */
const FRACTIONS_OFFSET = 21;
const FRACTIONS = [64, 32, 32] as const;
const SCHEMA_FORMAT_OFFSET = 44;
const MAX_SCHEMA_FORMAT = 4;
const FIRST_TRUNK_OFFSET = 32;
const FREE_PAGES_OFFSET = 36;
/** The largest root page; 0 without auto-vacuum. */
const LARGEST_ROOT_OFFSET = 52;
const INCREMENTAL_VACUUM_OFFSET = 64;

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

	/** Checks the state that an image is now. Throws what reading the image throws, and when it is cancelled. */
	check(image: CheckedImage, options: CheckOptions = {}): DatabaseFaults {
		const before = this.#before;
		this.#before = undefined;
		const head = readHead(image);
		if ("problem" in head) return { faults: [{ page: 1, object: undefined, message: head.problem }], count: 1 };
		const { header } = head;
		const sameFormat = before?.pageSize === header.pageSize && before.reservedBytes === header.reservedBytes;
		let faults = sameFormat && options.changed ? this.#checkPages(image, head, options, options.changed) : undefined;
		// Faults are told as the whole state shows them, whatever it came from.
		if (faults?.count !== 0) faults = this.#checkPages(image, head, options, undefined);
		if (faults.count === 0) this.#before = header;
		return faults;
	}

	/** `changed`: as in the options; `undefined` to read all pages. */
	#checkPages(
		image: CheckedImage,
		head: DatabaseHead,
		{ cancel, progress }: CheckOptions,
		changed: Iterable<number> | undefined,
	): DatabaseFaults {
		const { pageSize, reservedBytes } = head.header;
		const objects = new Map<number, DatabaseObject>();
		const faults = new FaultList((page) => this.#objectOf(page, objects));
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
		checkState(state, head, objects, changed === undefined);
		return faults;
	}

	/** By way of the pages that lead to it. */
	#objectOf(page: number, objects: ReadonlyMap<number, DatabaseObject>): DatabaseObject | undefined {
		const { parent } = this.#uses;
		if (!this.#uses.isOfTree(page)) return undefined;
		let at = page;
		// No tree is deeper, and a chain's pages lead to its cell at once.
		for (let depth = 0; depth < 24 && parent[at] !== 0; depth++) at = parent[at]!;
		return objects.get(at);
	}
}

/** `all`: whether nothing is known of the leaves, so that they are best read in file order. */
function checkState(
	state: CheckedState,
	{ first, header }: DatabaseHead,
	objects: Map<number, DatabaseObject>,
	all: boolean,
): void {
	const { uses, faults, format } = state;
	const largestRoot = uint32(first, LARGEST_ROOT_OFFSET);
	uses.reserve(format.pageSize, largestRoot > 0 ? pagesPerPointerMap(format) : undefined);
	checkFreelist(state, uint32(first, FIRST_TRUNK_OFFSET), uint32(first, FREE_PAGES_OFFSET));

	const walk = new TreeWalk(state);
	const leaves: number[] = [];
	objects.set(1, SCHEMA);
	const before = faults.count;
	walk.walk(SCHEMA, SCHEMA.kind, false, leaves);
	const schemaIsSound = faults.count === before;
	const named: SchemaObject[] = [];
	for (const row of readSchema(state, leaves, header.encoding ?? "utf-8")) {
		const object = schemaObject(row);
		if (object) named.push(object);
		else if (lacksRoot(row)) faults.add(1, `has no root page for ${row.type} ${row.name} in the schema`);
	}
	let highest = 1;
	for (const object of named) {
		const { rootPage, type, name } = object;
		if (rootPage < 1 || rootPage > uses.pageCount) {
			faults.add(
				1,
				`has page ${rootPage} as the root of ${type} ${name} in the schema, which the database does not have`,
			);
			continue;
		}
		highest = Math.max(highest, rootPage);
		if (!objects.has(rootPage)) objects.set(rootPage, object);
		walk.walk(object, object.kind, all);
	}
	if (all) walk.checkPending();
	checkChains(state);
	if (faults.count === 0) walk.checkSpilledHeaders();
	if (largestRoot > 0) {
		if (largestRoot !== highest) {
			faults.addOfHeader(
				`has ${largestRoot} as the largest root page in the database's header where the schema has ${highest}`,
			);
		}
		checkPointerMap(state);
	} else if (uint32(first, INCREMENTAL_VACUUM_OFFSET) !== 0) {
		faults.addOfHeader("asks for incremental vacuum in a database without a pointer map");
	}
	if (faults.count === 0) compareEntries(walk, state);
	// Without all of the schema, what it does not name is of no account.
	if (!schemaIsSound) return;
	for (let page = 1; page <= uses.pageCount; page++) {
		if (uses.use[page] === UNUSED) faults.add(page, "is not used by anything");
	}
}

/** Every index that leaves no rows out has one entry for each row of its table. */
function compareEntries({ trees }: TreeWalk, { faults }: CheckedState): void {
	const rows = new Map<string, number>();
	for (const { object, entries } of trees) if (object.type === "table") rows.set(object.name, entries);
	for (const { object, entries } of trees) {
		const expected = rows.get(object.table);
		if (!(object as SchemaObject).complete || expected === undefined || expected === entries) continue;
		faults.add(object.rootPage, `is the root of ${entries} entries where table ${object.table} has ${expected} rows`);
	}
}

interface DatabaseHead {
	readonly header: DatabaseHeader;
	/** The header's bytes. */
	readonly first: Uint8Array;
	readonly pageCount: number;
}

/** The header of a database, or what in it keeps SQLite from opening it. */
function readHead(image: CheckedImage): DatabaseHead | { readonly problem: string } {
	const first = new Uint8Array(DATABASE_HEADER_SIZE);
	let header: DatabaseHeader;
	try {
		header = parseDatabaseHeader(first.subarray(0, image.readInto(first, 0)));
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return { problem: `has a damaged database header: ${error.message}` };
	}
	const pageCount = header.pageCount ?? image.pageCount;
	if (header.pageSize !== image.pageSize) {
		return { problem: `says in the database's header that pages have ${header.pageSize} bytes, not ${image.pageSize}` };
	}
	if (FRACTIONS.some((value, n) => first[FRACTIONS_OFFSET + n] !== value)) {
		return { problem: "has a damaged database header: bytes 21 to 23 are not 64, 32 and 32" };
	}
	const schemaFormat = uint32(first, SCHEMA_FORMAT_OFFSET);
	if (schemaFormat > MAX_SCHEMA_FORMAT) {
		return {
			problem: `says in the database's header that its schema has the format ${schemaFormat}, none that SQLite knows`,
		};
	}
	if (pageCount > image.pageCount) {
		return {
			problem: `says in the database's header that there are ${pageCount} pages where there are ${image.pageCount}`,
		};
	}
	return { header, first, pageCount };
}
