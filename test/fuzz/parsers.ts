import { expect } from "vitest";
import { bytesSource } from "../../src/core/files";
import { FormatError } from "../../src/core/formatError";
import { readNow } from "../../src/core/reading";
import { parseMeta } from "../../src/core/snapshot/meta";
import { openImage } from "../../src/core/snapshot/openImage";
import { StateError } from "../../src/core/snapshot/rqliteV7/stateError";
import { parseReapPlan } from "../../src/core/snapshot/rqliteV10/reapPlan";
import { parseSidecar } from "../../src/core/snapshot/rqliteV10/sidecarFile";
import { unpackForImage } from "../../src/core/snapshot/unpack";
import { parseDatabaseHeader } from "../../src/core/sqlite/databaseHeader";
import { isDamage } from "../../src/core/sqlite/wal/end";
import { parseWalHeader } from "../../src/core/sqlite/wal/header";
import { scanWal } from "../../src/core/sqlite/wal/scan";
import { readStreamLayout } from "../../src/core/stream/readStreamLayout";
import { StreamError } from "../../src/core/stream/streamError";
import { MAX_HEADER_BYTES } from "../../src/core/stream/streamLayout";
import { crc64 } from "../support/stores/rqliteV7Store";

// Whatever the bytes are, a parser answers something that holds, or throws what is documented. Each of these fails otherwise.

/** Of the pages and logs below. Bytes. */
export const PAGE_SIZE = 512;

/** Runs a parser; passes on any error but those named. */
export function survive(parse: () => unknown, ...documented: readonly (new (...args: never[]) => Error)[]): void {
	try {
		parse();
	} catch (error) {
		if (!documented.some((kind) => error instanceof kind)) throw error;
	}
}

export function surviveDatabaseHeader(bytes: Uint8Array): void {
	survive(() => parseDatabaseHeader(bytes), FormatError);
}

export function surviveWal(bytes: Uint8Array): void {
	survive(() => parseWalHeader(bytes), FormatError);
	const scan = readNow(scanWal(bytes.byteLength, PAGE_SIZE), bytesSource(bytes));
	expect(scan.framesApplied).toBeLessThanOrEqual(scan.frames);
	expect(scan.pageNumbers.length).toBe(scan.framesApplied);
	if (scan.frames < Math.floor((bytes.byteLength - 32) / (24 + PAGE_SIZE))) expect(isDamage(scan.end)).toBe(true);
}

/** `claimedBytes`: another size that the file is said to have. What is asked for must not grow with it. */
export function surviveStream(bytes: Uint8Array, claimedBytes = bytes.byteLength): void {
	for (const sizeBytes of new Set([bytes.byteLength, claimedBytes])) {
		const source = {
			sizeBytes,
			readInto(target: Uint8Array, offset: number) {
				expect(target.byteLength).toBeLessThanOrEqual(MAX_HEADER_BYTES);
				return bytesSource(bytes).readInto(target, offset);
			},
		};
		survive(() => {
			const layout = readNow(readStreamLayout(sizeBytes), source);
			if (layout.kind !== "full") return;
			for (const { offset, length } of [layout.database, ...layout.wals]) {
				expect(length).toBeGreaterThanOrEqual(0);
				expect(offset + length).toBeLessThanOrEqual(sizeBytes);
			}
		}, StreamError);
	}
}

/** `summed`: whether `meta.json` has the file's checksum. Answers how many bytes came out of it. */
export async function surviveState(bytes: Uint8Array, summed: boolean): Promise<number> {
	const file = {
		path: "state.bin",
		packing: { kind: "rqlite-v7-state", crc64: summed ? crc64(bytes) : undefined },
	} as const;
	const base = await unpackForImage(file, bytesSource(bytes));
	if (base.fault) expect(base.fault).toBeInstanceOf(StateError);
	const { image, report } = openImage({ base, wals: [], pending: 0 }, "2-7-1");
	expect(image === undefined).toBe(report.pageSize === 0);
	if (image === undefined) expect(report.findings).not.toEqual([]);
	return base.source.sizeBytes;
}

export function surviveMeta(bytes: Uint8Array): void {
	survive(() => parseMeta(bytes), SyntaxError);
}

export function surviveSidecar(bytes: Uint8Array): void {
	survive(() => {
		const sidecar = parseSidecar(bytes);
		if (!sidecar.disabled) expect(sidecar.crc32c >>> 0).toBe(sidecar.crc32c);
	}, SyntaxError);
}

export function survivePlan(bytes: Uint8Array): void {
	survive(() => void parseReapPlan(bytes), SyntaxError);
}
