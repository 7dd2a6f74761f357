import type { RowBatch } from "../protocol/engine";
import { RowWriter } from "../protocol/rows";
import type { Cursor } from "./cursor";

/** A batch of rows is full when it has this many bytes. */
const BATCH_BYTES = 1 << 20;

/** The next rows of a cursor, at most so many, and no more once they have about 1 MiB. Throws as the cursor does. */
export function readBatch(cursor: Cursor, maxRows: number): RowBatch {
	const writer = new RowWriter(cursor.columns.length);
	let rowCount = 0;
	while (rowCount < maxRows && writer.sizeBytes < BATCH_BYTES) {
		const row = cursor.next();
		if (!row) return { rows: writer.take(), rowCount, done: true };
		writer.add(row);
		rowCount++;
	}
	return { rows: writer.take(), rowCount, done: false };
}
