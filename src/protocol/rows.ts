import { isInvalidText, type Row, type SqlValue } from "./values";

/**
 * Rows as one array of bytes, so that every channel carries them exactly: messages between an extension and its page
 * are JSON, where a BigInt throws and an infinity becomes null.
 *
 * Layout: number of columns (uint32), then for each row each value: one byte of kind, then
 *
 * | kind | follows |
 * | --- | --- |
 * | 0 NULL | nothing |
 * | 1 integer | int64 |
 * | 2 real | IEEE 754 double |
 * | 3 text | uint32 length in bytes, UTF-8 |
 * | 4 blob | uint32 length in bytes, bytes |
 * | 5 text that is not valid in the database's encoding | as a blob |
 *
 * All numbers little-endian. The text of a string that holds lone surrogates never comes here: it is kind 5.
 */
const NULL = 0;
const INTEGER = 1;
const REAL = 2;
const TEXT = 3;
const BLOB = 4;
const INVALID_TEXT = 5;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Collects rows of one width. Ask `sizeBytes` to decide when a batch is full, then `take` it. */
export class RowWriter {
	#bytes = new Uint8Array(1 << 16);
	#view = new DataView(this.#bytes.buffer);
	#end = 4;

	constructor(readonly columnCount: number) {}

	get sizeBytes(): number {
		return this.#end;
	}

	add(row: Row): void {
		for (let column = 0; column < this.columnCount; column++) this.#value(row[column] ?? null);
	}

	/** The rows so far, in an array of their own; the writer starts over. */
	take(): Uint8Array<ArrayBuffer> {
		this.#view.setUint32(0, this.columnCount, true);
		const taken = this.#bytes.slice(0, this.#end);
		this.#end = 4;
		return taken;
	}

	#value(value: SqlValue): void {
		if (value === null) {
			this.#kind(NULL, 0);
		} else if (typeof value === "bigint") {
			this.#kind(INTEGER, 8);
			this.#view.setBigInt64(this.#end, value, true);
			this.#end += 8;
		} else if (typeof value === "number") {
			this.#kind(REAL, 8);
			this.#view.setFloat64(this.#end, value, true);
			this.#end += 8;
		} else if (typeof value === "string") {
			this.#kind(TEXT, 4 + value.length * 3);
			const { written } = encoder.encodeInto(value, this.#bytes.subarray(this.#end + 4));
			this.#view.setUint32(this.#end, written, true);
			this.#end += 4 + written;
		} else if (isInvalidText(value)) {
			this.#blob(INVALID_TEXT, value.invalidText);
		} else {
			this.#blob(BLOB, value);
		}
	}

	#blob(kind: number, bytes: Uint8Array): void {
		this.#kind(kind, 4 + bytes.byteLength);
		this.#view.setUint32(this.#end, bytes.byteLength, true);
		this.#bytes.set(bytes, this.#end + 4);
		this.#end += 4 + bytes.byteLength;
	}

	#kind(kind: number, room: number): void {
		const needed = this.#end + 1 + room;
		if (needed > this.#bytes.byteLength) {
			const grown = new Uint8Array(Math.max(needed, this.#bytes.byteLength * 2));
			grown.set(this.#bytes.subarray(0, this.#end));
			this.#bytes = grown;
			this.#view = new DataView(grown.buffer);
		}
		this.#bytes[this.#end++] = kind;
	}
}

/** One row, as `decodeRow` reads it. */
export function encodeRow(row: Row): Uint8Array<ArrayBuffer> {
	const writer = new RowWriter(row.length);
	writer.add(row);
	return writer.take();
}

/** The row that `encodeRow` was given. */
export function decodeRow(bytes: Uint8Array): Row {
	return decodeRows(bytes)[0] ?? [];
}

/** The rows that `RowWriter.take` gave. Blobs share the given array. */
export function decodeRows(bytes: Uint8Array): Row[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const columnCount = view.getUint32(0, true);
	const rows: Row[] = [];
	let at = 4;
	const part = (): Uint8Array => {
		const length = view.getUint32(at, true);
		at += 4 + length;
		return bytes.subarray(at - length, at);
	};
	const value = (): SqlValue => {
		switch (view.getUint8(at++)) {
			case NULL:
				return null;
			case INTEGER:
				at += 8;
				return view.getBigInt64(at - 8, true);
			case REAL:
				at += 8;
				return view.getFloat64(at - 8, true);
			case TEXT:
				return decoder.decode(part());
			case BLOB:
				return part();
			case INVALID_TEXT:
				return { invalidText: part() };
			default:
				throw new RangeError(`rows: unknown kind of value at byte ${at - 1}`);
		}
	};
	while (columnCount > 0 && at < bytes.byteLength) {
		const row: SqlValue[] = [];
		for (let column = 0; column < columnCount; column++) row.push(value());
		rows.push(row);
	}
	return rows;
}
