import { bytesSource } from "../../../src/core/files";
import type { CheckedImage } from "../../../src/core/sqlite/btree/databaseCheck";

/** The image that a database file is by itself. `pageSize`: where the file may say another. */
export function wholeImage(file: Uint8Array, pageSize = pageSizeOf(file)): CheckedImage {
	return { ...bytesSource(file), pageSize, pageCount: Math.floor(file.byteLength / pageSize) };
}

/** The page size that a file says it has. Bytes. */
export function pageSizeOf(file: Uint8Array): number {
	const stored = (file[16]! << 8) | file[17]!;
	return stored === 1 ? 65_536 : stored;
}
