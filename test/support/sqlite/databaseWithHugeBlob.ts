import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from "node:fs";
import { LiveDatabase } from "./liveDatabase";

const PAGE_SIZE = 65_536;
const OVERFLOW_BYTES = PAGE_SIZE - 4;

/**
 * Writes a database with a table `big(id integer primary key, data blob)` of one row, whose blob of zeros is so long. The
 * file is as large, and takes hardly any room on disk: nothing but the links between its pages is written.
 *
 * The layout: https://www.sqlite.org/fileformat2.html#b_tree_pages and #cell_payload_overflow_pages
 */
export function writeDatabaseWithHugeBlob(path: string, blobBytes: number): void {
	const database = new LiveDatabase({ pageSize: PAGE_SIZE });
	try {
		database.run("create table big(id integer primary key, data blob)");
		writeFileSync(path, database.file());
	} finally {
		database.close();
	}
	const types = [Buffer.of(0), varint(blobBytes * 2 + 12)];
	const header = Buffer.concat([Buffer.of(1 + types[0]!.byteLength + types[1]!.byteLength), ...types]);
	const payloadBytes = header.byteLength + blobBytes;
	const least = Math.floor(((PAGE_SIZE - 12) * 32) / 255) - 23;
	const wanted = least + ((payloadBytes - least) % OVERFLOW_BYTES);
	const localBytes = wanted <= PAGE_SIZE - 35 ? wanted : least;
	const overflowPages = Math.ceil((payloadBytes - localBytes) / OVERFLOW_BYTES);

	const local = Buffer.alloc(localBytes);
	local.set(header);
	const cell = Buffer.concat([varint(payloadBytes), varint(1), local, uint32(3)]);
	const leaf = Buffer.alloc(PAGE_SIZE);
	const start = PAGE_SIZE - cell.byteLength;
	leaf.set(cell, start);
	leaf.writeUInt8(13, 0);
	leaf.writeUInt16BE(1, 3);
	leaf.writeUInt16BE(start, 5);
	leaf.writeUInt16BE(start, 8);

	const file = openSync(path, "r+");
	try {
		writeSync(file, leaf, 0, PAGE_SIZE, PAGE_SIZE);
		ftruncateSync(file, (2 + overflowPages) * PAGE_SIZE);
		for (let n = 1; n < overflowPages; n++) writeSync(file, uint32(n + 3), 0, 4, (n + 1) * PAGE_SIZE);
		writeSync(file, uint32(2 + overflowPages), 0, 4, 28);
	} finally {
		closeSync(file);
	}
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

function varint(value: number): Buffer {
	const bytes = [value % 128];
	for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 128);
	return Buffer.from(bytes);
}
