/** Whether a page size is one that SQLite knows: a power of two from 512 to 65536. */
export function isPageSize(value: number): boolean {
	return value >= 512 && value <= 65_536 && (value & (value - 1)) === 0;
}

/** The byte that SQLite locks on; the page that holds it carries no data. https://www.sqlite.org/fileformat2.html#the_lock_byte_page */
const LOCK_BYTE = 2 ** 30;

/** Number of the lock-byte page, whether or not a database is long enough to have it. */
export function lockBytePage(pageSize: number): number {
	return LOCK_BYTE / pageSize + 1;
}
