import initSqlJs from "sql.js";
import { type Frame, writeWal } from "./writeWal";

const PAGE_SIZE = 1024;

export interface WrittenChain {
	readonly base: Uint8Array;
	/** One for each step behind the first. */
	readonly wals: readonly Uint8Array[];
}

/**
 * A base and its logs in UTF-16, which node-sqlite3-wasm is built without. sql.js writes the pages; as its log cannot be
 * reached from outside, each step's log is made of the pages that the step has changed. What they come to is still for
 * `checkpoint` to say.
 */
export async function utf16Chain(
	encoding: "UTF-16le" | "UTF-16be",
	[first, ...rest]: readonly [string, ...string[]],
): Promise<WrittenChain> {
	const { Database } = await initSqlJs();
	const database = new Database();
	const image = (step: string): Uint8Array => {
		const file = database.run(step).export();
		// What a database in WAL mode says of itself.
		return file.fill(2, 18, 20);
	};
	try {
		const base = image(`pragma page_size = ${PAGE_SIZE}; pragma encoding = '${encoding}'; ${first}`);
		let before = base;
		const wals = rest.map((step, n) => {
			const after = image(step);
			const wal = writeWal(PAGE_SIZE, changedPages(before, after), { salts: [n, 1], checkpointSequence: n });
			before = after;
			return wal;
		});
		return { base, wals };
	} finally {
		database.close();
	}
}

/** Page 1 comes last and commits: it always counts as changed. */
function changedPages(before: Uint8Array, after: Uint8Array): Frame[] {
	const frames: Frame[] = [];
	const pageCount = after.byteLength / PAGE_SIZE;
	for (let pageNumber = pageCount; pageNumber >= 1; pageNumber--) {
		const [start, end] = [(pageNumber - 1) * PAGE_SIZE, pageNumber * PAGE_SIZE];
		const page = after.slice(start, end);
		if (pageNumber === 1) frames.push({ pageNumber, page, commit: pageCount });
		else if (Buffer.compare(page, before.subarray(start, end)) !== 0) frames.push({ pageNumber, page });
	}
	return frames;
}
