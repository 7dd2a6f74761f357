import type { Reading } from "../../reading";
import { readFreePages } from "../freelist";
import type { PageMap } from "./pageMap";

/**
 * The first page that the database should have and no file holds, or `undefined`. Free pages need not be anywhere: a
 * transaction that adds pages and frees them again never writes them. Requests are ranges of the image, each within one
 * page; nothing is read where every page has its place.
 */
export function* findMissingPage(map: PageMap): Reading<number | undefined> {
	let missing = map.firstMissing();
	if (missing === undefined) return undefined;
	const free = yield* readFreePages(map, map.basePages);
	while (missing !== undefined && free.has(missing)) missing = map.firstMissing(missing + 1);
	return missing;
}
