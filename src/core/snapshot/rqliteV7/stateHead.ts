import { MAX_UINT64 } from "../../uint64";
import { StateError } from "./stateError";

/** As much of a `state.bin` as its head can have. */
export const MAX_HEAD_BYTES = 16;

/** Where the database is in a `state.bin`, and how it lies there. */
export interface StateBody {
	readonly packing: "gzip" | "none";
	readonly offset: number;
	/** 0 for an empty database. */
	readonly length: number;
}

/**
 * The head of a `state.bin` of `sizeBytes`, from its first bytes: `src/core/FORMATS.md`, "A store of rqlite 7". What
 * the body claims is in the file. Throws `StateError`.
 */
export function parseStateHead(head: Uint8Array, sizeBytes: number): StateBody {
	const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
	if (head.byteLength < 8) throw cut(head.byteLength, 8);
	// Written before there was a database: whatever the length says, there is nothing behind it.
	if (sizeBytes === MAX_HEAD_BYTES) return { packing: "none", offset: MAX_HEAD_BYTES, length: 0 };
	const first = view.getBigUint64(0, true);
	const packing = first === MAX_UINT64 ? "gzip" : "none";
	if (packing === "none") return { packing, offset: 8, length: within(first, 8, sizeBytes) };
	if (head.byteLength < MAX_HEAD_BYTES) throw cut(head.byteLength, MAX_HEAD_BYTES);
	return { packing, offset: 16, length: within(view.getBigUint64(8, true), 16, sizeBytes) };
}

function cut(sizeBytes: number, headBytes: number): StateError {
	return new StateError(
		"state-damaged",
		sizeBytes,
		`the file ends after ${sizeBytes} of the ${headBytes} bytes of its head`,
	);
}

function within(length: bigint, offset: number, sizeBytes: number): number {
	if (length <= BigInt(sizeBytes - offset)) return Number(length);
	throw new StateError(
		"state-damaged",
		offset - 8,
		`its head says that ${length} bytes follow, and ${sizeBytes - offset} do: the file was cut, or the length is wrong`,
	);
}
