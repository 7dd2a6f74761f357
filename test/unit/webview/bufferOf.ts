import { RowWriter } from "../../../src/protocol/rows";
import type { Row } from "../../../src/protocol/values";
import { ResultBuffer } from "../../../src/webview/sql/resultBuffer";

/** A result of these rows. */
export function bufferOf(...rows: readonly Row[]): ResultBuffer {
	const writer = new RowWriter(rows[0]?.length ?? 0);
	for (const row of rows) writer.add(row);
	const buffer = new ResultBuffer();
	buffer.add({ rows: writer.take(), rowCount: rows.length, done: true });
	return buffer;
}
