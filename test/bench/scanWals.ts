import { readNow } from "../../src/core/reading";
import { DATABASE_HEADER_SIZE, parseDatabaseHeader } from "../../src/core/sqlite/databaseHeader";
import { isDamage } from "../../src/core/sqlite/wal/end";
import { scanWal } from "../../src/core/sqlite/wal/scan";
import { openFileSource } from "../../src/node/fileSource";

/** Scans the WALs of a base so many times, and prints how many bytes of them came. All must be sound. */
const [, , times, base, ...wals] = process.argv;
const header = new Uint8Array(DATABASE_HEADER_SIZE);
openFileSource(base!, base!).readInto(header, 0);
const { pageSize } = parseDatabaseHeader(header);
let bytes = 0;
for (let n = 0; n < Number(times); n++) {
	for (const path of wals) {
		const source = openFileSource(path, path);
		const { end } = readNow(scanWal(source.sizeBytes, pageSize), source);
		if (isDamage(end)) throw new Error(`${path} is damaged: ${end.reason}`);
		source.close();
		bytes += source.sizeBytes;
	}
}
console.log(bytes);
