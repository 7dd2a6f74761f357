import type { Reading } from "../reading";
import { type Crc32, createCrc32, readCrc, readWithCrc } from "./crc32";
import { createCrc32c } from "./crc32c";

/** What comparing files with their sidecars takes. It serves one file at a time: whoever makes it keeps it to itself. */
export interface Checksums {
	readonly crc32c: Crc32;
	readonly crc32: Crc32;
}

/** For files of which one has a sidecar at least; `undefined` where none has, and nothing is to be compared. */
export async function checksumsFor(
	files: readonly { readonly sidecar?: object | undefined }[],
): Promise<Checksums | undefined> {
	return files.some(({ sidecar }) => sidecar) ? createChecksums() : undefined;
}

export async function createChecksums(): Promise<Checksums> {
	const [crc32c, crc32] = await Promise.all([createCrc32c(), createCrc32()]);
	return { crc32c, crc32 };
}

/** What a file's sum is beside the one that its sidecar gives. */
export interface SidecarMatch<T> {
	/** Of the reading that went along. */
	readonly result: T;
	/** CRC-32C of the file as it is, a uint32. */
	readonly crc32c: number;
	/** `ieee`: the sidecar holds the CRC-32 of IEEE instead, a known fault of an upgrade; the file is whole. */
	readonly match: "equal" | "ieee" | "different";
}

/** Compares a file of `sizeBytes` with its sidecar, along with another reading of it. See `FORMATS.md`, "rqlite 10". */
export function* matchSidecar<T>(
	{ crc32c, crc32 }: Checksums,
	sizeBytes: number,
	sidecar: { readonly crc32c: number },
	reading: Reading<T>,
): Reading<SidecarMatch<T>> {
	const { result, sum } = yield* readWithCrc(crc32c, sizeBytes, reading);
	if (sum === sidecar.crc32c) return { result, crc32c: sum, match: "equal" };
	const ieee = yield* readCrc(crc32, sizeBytes);
	return { result, crc32c: sum, match: ieee === sidecar.crc32c ? "ieee" : "different" };
}
