import { expect, test } from "vitest";
import type { RowBatch } from "../../../../src/protocol/engine";
import { RowWriter } from "../../../../src/protocol/rows";
import { ResultBuffer } from "../../../../src/webview/sql/resultBuffer";

/** Rows that hold their own number. */
function batch(first: number, count: number): RowBatch {
	const writer = new RowWriter(1);
	for (let n = 0; n < count; n++) writer.add([BigInt(first + n)]);
	return { rows: writer.take(), rowCount: count, done: false };
}

test("a row is found in whatever batch it came", () => {
	const buffer = new ResultBuffer();
	const sizes = [1, 500, 0, 3, 200, 7, 1];
	for (const size of sizes) buffer.add(batch(buffer.rowCount, size));
	expect(buffer.rowCount).toBe(712);
	for (const position of [711, 0, 1, 500, 501, 503, 504, 703, 704, 710, 2]) {
		expect(buffer.row(position)).toEqual([BigInt(position)]);
	}
	expect([buffer.row(-1), buffer.row(712), new ResultBuffer().row(0)]).toEqual([undefined, undefined, undefined]);
});

test("it is full by rows", () => {
	const buffer = new ResultBuffer({ rows: 10, bytes: 1 << 20 });
	buffer.add(batch(0, 6));
	expect([buffer.full, buffer.room]).toEqual([false, 4]);
	buffer.add(batch(6, 4));
	expect([buffer.full, buffer.room]).toEqual([true, 0]);
});

test("it is full by bytes", () => {
	const buffer = new ResultBuffer({ rows: 1000, bytes: 100 });
	buffer.add(batch(0, 10)); // 4 bytes, and 9 for each row
	expect(buffer.full).toBe(false);
	buffer.add(batch(10, 1));
	expect(buffer.full).toBe(true);
});
