import { type CheckedImage, DatabaseCheck } from "../core/sqlite/btree/databaseCheck";
import type { DatabaseFaults, DatabaseObject, PageFault } from "../core/sqlite/btree/faults";
import { visible } from "../core/text";
import type { SnapshotDatabase } from "./snapshotDatabase";
import { SqlError } from "./sqlError";

/** SQLite's text for SQLITE_CORRUPT. */
const MALFORMED = "database disk image is malformed";

/** Looking for the damage reads so many bytes at most: a second or so. */
const MAX_BYTES = 256 << 20;
/** So many pages are named. */
const MOST = 3;

const ADVICE = "Rows on other pages can be read; verifying the store tells all that is damaged.";

/**
 * What SQLite says of a malformed database, with the damaged page and the table or index that it belongs to. SQLite does
 * not tell them: the page is the last one that it read, or those that the walk of the trees finds fault with. Other errors
 * as they are.
 */
export function withDamagedPage(
	error: unknown,
	database: SnapshotDatabase,
	image: CheckedImage,
	maxBytes = MAX_BYTES,
): unknown {
	if (!(error instanceof SqlError) || error.message !== MALFORMED) return error;
	const { lastReadOffset } = database;
	try {
		const places = damagedPlaces(image, Math.floor(lastReadOffset / image.pageSize) + 1, maxBytes);
		return places === "" ? error : new SqlError(error.code, `${error.message}: ${places}. ${ADVICE}`);
	} catch {
		return error; // a file that cannot be read has no more to tell
	}
}

/** As the end of a sentence; empty where nothing was found. */
function damagedPlaces(image: CheckedImage, lastRead: number, maxBytes: number): string {
	const check = new DatabaseCheck();
	const found = checkSome(check, image, maxBytes);
	if (found === undefined) {
		// All inner pages came first, so that the owner of any leaf is known.
		const owner = check.objectOf(lastRead);
		return owner ? `the last page read was page ${lastRead}${ofObject(owner)}` : "";
	}
	const here = found.faults.find(({ page }) => page === lastRead);
	if (here) return place(here);
	const more = found.count > MOST ? ` and ${found.count - MOST} more` : "";
	return found.faults.slice(0, MOST).map(place).join("; ") + more;
}

/** `undefined` where there is too much to read. */
function checkSome(check: DatabaseCheck, image: CheckedImage, maxBytes: number): DatabaseFaults | undefined {
	let pages = 0;
	const checking = check.checkInPieces(image, {
		progress: (checked) => {
			pages = checked;
		},
	});
	for (;;) {
		const { done, value } = checking.next();
		if (done) return value;
		if (pages * image.pageSize > maxBytes) return undefined;
	}
}

function place({ page, object, message }: PageFault): string {
	return `page ${page}${object ? ofObject(object) : ""} ${message}`;
}

function ofObject({ type, name }: DatabaseObject): string {
	return ` of ${type} ${visible(name)}`;
}
