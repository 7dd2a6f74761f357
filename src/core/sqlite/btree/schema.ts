import { decodeUtf8 } from "../../text";
import type { TextEncoding } from "../databaseHeader";
import type { CheckedState } from "./checkedState";
import { headerOffset, localOfSpilled, TABLE_LEAF, uint16, uint32 } from "./pageFormat";
import { readPayload } from "./payload";
import { valueBytes } from "./record";
import { toNumber, Varint } from "./varint";

/** A row of `sqlite_schema`. https://www.sqlite.org/fileformat2.html#storage_of_the_sql_database_schema */
export interface SchemaRow {
	readonly type: string;
	readonly name: string;
	readonly table: string;
	/** `undefined` where it is no integer. */
	readonly rootPage: number | undefined;
	/** `undefined` for none, as of an index that a constraint makes, and where it is too long to be looked at. */
	readonly sql: string | undefined;
	/** Whether `sql` is missing for being too long. */
	readonly cut: boolean;
}

/** A row is read so far. Bytes. */
const MAX_ROW = 1 << 20;
const COLUMNS = 5;
/** Serial types from here on are of blobs and texts. */
const FIRST_BLOB_TYPE = 12;

/**
 * Rows of `sqlite_schema` from its leaves, in their order; those that cannot be read are left out. In all no more overflow
 * pages are read than the database has.
 */
export function* readSchema(
	state: CheckedState,
	leaves: readonly number[],
	encoding: TextEncoding,
): Generator<SchemaRow> {
	const { reader, format, uses } = state;
	const { usable, maxTableLocal } = format;
	const varint = new Varint();
	let overflowPages = uses.pageCount;

	/** All of a record, or as much of it as is looked at. */
	const readRecord = (bytes: Uint8Array, start: number, payload: number): Uint8Array => {
		if (payload <= maxTableLocal) return bytes.subarray(start, start + payload);
		const local = localOfSpilled(format, payload, maxTableLocal);
		const first = uint32(bytes, start + local);
		return readPayload(state, { bytes, start, local, first }, Math.min(payload, MAX_ROW), () => overflowPages-- > 0);
	};

	for (const leaf of leaves) {
		state.step();
		// Reading overflow pages goes over what the reader lends.
		const bytes = reader.page(leaf).slice();
		const header = headerOffset(leaf);
		if (bytes[header] !== TABLE_LEAF) continue;
		const cells = Math.min(uint16(bytes, header + 3), format.maxCells);
		let bytesLeft = usable;
		for (let cell = 0; cell < cells && bytesLeft > 0; cell++) {
			const start = uint16(bytes, header + 8 + 2 * cell);
			if (start > usable - 4) continue;
			let at = varint.read(bytes, start);
			const payload = toNumber(varint.high, varint.low);
			at = varint.read(bytes, at);
			if (varint.high < 0 || payload < 0 || payload > 2 ** 31 - 1) continue;
			// Cells that lie about where they are may all be the same one.
			bytesLeft -= payload <= maxTableLocal ? payload : localOfSpilled(format, payload, maxTableLocal);
			const row = parseRow(readRecord(bytes, at, payload), payload, encoding);
			if (row) yield row;
		}
	}
}

/** `record`: all of a record of `payload` bytes, or as much of it as is at hand. */
function parseRow(record: Uint8Array, payload: number, encoding: TextEncoding): SchemaRow | undefined {
	const varint = new Varint();
	let at = varint.read(record, 0);
	const headerSize = toNumber(varint.high, varint.low);
	if (headerSize > record.byteLength) return undefined;
	let value = headerSize;
	const texts: (string | undefined)[] = [];
	let rootPage: number | undefined;
	let cut = false;
	for (let column = 0; column < COLUMNS; column++) {
		if (at >= headerSize) return undefined;
		at = varint.read(record, at);
		const [high, low] = [varint.high, varint.low];
		const size = valueBytes(high, low);
		const end = value + size;
		if (end > payload) return undefined;
		// SQLite reads a blob as the text that it would be.
		const isText = high === 0 && low >= FIRST_BLOB_TYPE;
		if (isText && end > record.byteLength) cut = true;
		texts.push(isText && end <= record.byteLength ? text(record.subarray(value, end), encoding) : undefined);
		if (column === 3 && end <= record.byteLength) rootPage = integer(record, value, low);
		value = end;
	}
	const [type, name, table, , sql] = texts;
	if (type === undefined || name === undefined || table === undefined) return undefined;
	return { type, name, table, rootPage, sql, cut };
}

/** An integer value by its serial type. */
function integer(record: Uint8Array, at: number, type: number): number | undefined {
	if (type === 8 || type === 9) return type - 8;
	const size = [0, 1, 2, 3, 4, 6, 8][type] ?? 0;
	if (size === 0) return undefined;
	let value = (record[at]! << 24) >> 24;
	for (let n = 1; n < size; n++) value = value * 256 + record[at + n]!;
	return value;
}

/** A text as SQLite reads it, which ends at a character of 0. */
function text(bytes: Uint8Array, encoding: TextEncoding): string {
	return decode(bytes, encoding).split("\0", 1)[0]!;
}

function decode(bytes: Uint8Array, encoding: TextEncoding): string {
	if (encoding === "utf-8") return decodeUtf8(bytes) ?? withoutDamage(bytes);
	const [first, second] = encoding === "utf-16le" ? [1, 0] : [0, 1];
	let text = "";
	for (let at = 0; at + 1 < bytes.byteLength; at += 2) {
		text += String.fromCharCode((bytes[at + first]! << 8) | bytes[at + second]!);
	}
	return text;
}

/** Of a text that is no UTF-8, what is ASCII. */
function withoutDamage(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : "\ufffd";
	return text;
}
