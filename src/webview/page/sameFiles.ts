import type { StoreFile } from "../../core/snapshot/model";

/** Whether files are the same ones, unchanged as far as size, time and the checksum beside each tell. */
export function sameFiles(before: readonly StoreFile[], now: readonly StoreFile[]): boolean {
	return (
		before.length === now.length &&
		before.every(({ path, sizeBytes, modifiedAt, sidecar }, n) => {
			const file = now[n];
			return (
				file?.path === path &&
				file.sizeBytes === sizeBytes &&
				file.modifiedAt === modifiedAt &&
				file.sidecar?.crc32c === sidecar?.crc32c
			);
		})
	);
}
