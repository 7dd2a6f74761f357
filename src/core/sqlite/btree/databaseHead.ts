import { FormatError } from "../../formatError";
import { DATABASE_HEADER_SIZE, type DatabaseHeader, parseDatabaseHeader } from "../databaseHeader";
import type { CheckedImage } from "./databaseCheck";
import { uint32 } from "./pageFormat";

const FIRST_TRUNK_OFFSET = 32;
const FREE_PAGES_OFFSET = 36;
/** Of the four bytes of the schema's format SQLite looks at the last. */
const SCHEMA_FORMAT_OFFSET = 47;
const LARGEST_ROOT_OFFSET = 52;
const INCREMENTAL_VACUUM_OFFSET = 64;
/** How full the pages of b-trees may and must be: fields that have one value only. */
const FRACTIONS_OFFSET = 21;
const FRACTIONS = [64, 32, 32] as const;
const MAX_SCHEMA_FORMAT = 4;

/** What the header of a database says of its pages. https://www.sqlite.org/fileformat2.html#the_database_header */
export interface DatabaseHead {
	readonly header: DatabaseHeader;
	/** Size of the database in pages, which the image has. */
	readonly pageCount: number;
	/** 0 for none. */
	readonly firstTrunk: number;
	readonly freePages: number;
	/** 0 without auto-vacuum. */
	readonly largestRoot: number;
	readonly incrementalVacuum: boolean;
}

/** The header of a database, or what in it keeps SQLite from opening it. */
export function readHead(image: CheckedImage): DatabaseHead | { readonly problem: string } {
	const first = new Uint8Array(DATABASE_HEADER_SIZE);
	let header: DatabaseHeader;
	try {
		header = parseDatabaseHeader(first.subarray(0, image.readInto(first, 0)));
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		return { problem: `has a damaged database header: ${error.message}` };
	}
	const pageCount = header.pageCount ?? image.pageCount;
	if (pageCount === 0) return { problem: "is cut short: there is not one whole page" };
	if (header.pageSize !== image.pageSize) {
		return { problem: `says in the database's header that pages have ${header.pageSize} bytes, not ${image.pageSize}` };
	}
	if (FRACTIONS.some((value, n) => first[FRACTIONS_OFFSET + n] !== value)) {
		return { problem: "has a damaged database header: bytes 21 to 23 are not 64, 32 and 32" };
	}
	const schemaFormat = first[SCHEMA_FORMAT_OFFSET]!;
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
	return {
		header,
		pageCount,
		firstTrunk: uint32(first, FIRST_TRUNK_OFFSET),
		freePages: uint32(first, FREE_PAGES_OFFSET),
		largestRoot: uint32(first, LARGEST_ROOT_OFFSET),
		incrementalVacuum: uint32(first, INCREMENTAL_VACUUM_OFFSET) !== 0,
	};
}
