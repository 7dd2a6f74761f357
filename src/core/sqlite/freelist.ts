import type { Reading } from "../reading";

const FIRST_TRUNK_OFFSET = 32;

/**
 * Numbers of the free pages above a page that are leaves of a database's freelist. What such a page holds means nothing:
 * SQLite need not even have written it. Requests are ranges of the database, each within one page; a freelist that is
 * damaged ends where the damage is. https://www.sqlite.org/fileformat2.html#the_freelist
 */
export function* readFreePages(
	{ pageSize, pageCount }: { readonly pageSize: number; readonly pageCount: number },
	above: number,
): Reading<ReadonlySet<number>> {
	const free = new Set<number>();
	const trunks = new Set<number>();
	let trunk = uint32At(yield { offset: FIRST_TRUNK_OFFSET, length: 4 }, 0);
	while (trunk > 0 && trunk <= pageCount && !trunks.has(trunk)) {
		trunks.add(trunk);
		const page = yield { offset: (trunk - 1) * pageSize, length: pageSize };
		const leaves = Math.min(uint32At(page, 4), page.byteLength / 4 - 2);
		for (let leaf = 0; leaf < leaves; leaf++) {
			const pageNumber = uint32At(page, 8 + leaf * 4);
			if (pageNumber > above) free.add(pageNumber);
		}
		trunk = uint32At(page, 0);
	}
	return free;
}

function uint32At(bytes: Uint8Array, offset: number): number {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
}
