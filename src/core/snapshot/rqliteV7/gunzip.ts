import type { ByteSource, Cancellation } from "../../files";
import type { ByteRange } from "../../stream/streamLayout";
import { StateError } from "./stateError";

/** The part of the web's `DecompressionStream` that this needs; browsers, their workers and Node have it. */
declare const DecompressionStream: {
	new (
		format: "gzip",
	): {
		readonly readable: {
			getReader(): {
				read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
				cancel(reason?: unknown): Promise<void>;
			};
		};
		readonly writable: {
			getWriter(): Writer;
		};
	};
};

interface Writer {
	write(bytes: Uint8Array): Promise<void>;
	close(): Promise<void>;
	abort(reason?: unknown): Promise<void>;
}

/** Small, since the least input can unpack to a thousand times as much before anyone can say stop. */
const INPUT_BYTES = 1 << 16;

/** With the method, deflate, which is the only one. */
const MAGIC = [0x1f, 0x8b, 8];

/** A gzip member has at least a header of ten bytes, an empty block, and an end of eight. */
const MIN_GZIP_BYTES = 20;

export interface GunzipLimits {
	/** More than this is refused. */
	readonly maxBytes: number;
	readonly cancel?: Cancellation | undefined;
}

/**
 * Unpacks the one gzip member that a range of a file holds, and hands on its bytes as they come. The member's own size
 * at its end (https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1) is compared with the limit before anything is
 * unpacked, and what comes out with it all along, so that no more is handed on than it promises. Throws `StateError`,
 * and what `take` throws.
 */
export async function gunzip(
	source: ByteSource,
	range: ByteRange,
	{ maxBytes, cancel }: GunzipLimits,
	take: (bytes: Uint8Array) => void,
): Promise<void> {
	const end = range.offset + range.length;
	const promised = promisedBytes(source, range);
	if (promised > maxBytes) {
		throw new StateError(
			"state-too-large",
			end - 4,
			`it unpacks to ${promised} bytes; more than ${maxBytes} are not held`,
		);
	}
	const { readable, writable } = new DecompressionStream("gzip");
	const [reader, writer] = [readable.getReader(), writable.getWriter()];
	let unreadable: unknown;
	// What goes wrong in feeding shows in what comes out; a write that was refused may never be answered.
	feed(source, range, writer).catch((error) => {
		unreadable = error;
		return Promise.allSettled([writer.abort(error)]);
	});
	let unpacked = 0;
	try {
		for (;;) {
			cancel?.throwIfAborted();
			const { done, value } = await reader.read().catch((error) => {
				throw unreadable ?? damaged(range.offset, `the gzip data in it is damaged: ${reasonOf(error)}`);
			});
			if (done || !value) break;
			unpacked += value.byteLength;
			if (unpacked > promised)
				throw damaged(end - 4, `it unpacks to more than the ${promised} bytes that the gzip data ends with`);
			take(value);
		}
	} catch (error) {
		void Promise.allSettled([writer.abort(error), reader.cancel(error)]);
		throw error;
	}
	if (unpacked !== promised) {
		throw damaged(
			end - 4,
			`it unpacks to ${unpacked} bytes, but ends with the size ${promised}: something lies behind the gzip data`,
		);
	}
}

/** The size modulo 2^32 with which a member ends. A larger one is found out when more than that has come. */
function promisedBytes(source: ByteSource, { offset, length }: ByteRange): number {
	if (length < MIN_GZIP_BYTES) throw damaged(offset, `${length} bytes are too few for gzip data`);
	const [start, size] = [new Uint8Array(MAGIC.length), new Uint8Array(4)];
	source.readInto(start, offset);
	if (MAGIC.some((byte, at) => byte !== start[at])) throw damaged(offset, "what it holds is not packed with gzip");
	source.readInto(size, offset + length - 4);
	return new DataView(size.buffer).getUint32(0, true);
}

/** Ends early, without a word, where the other side takes no more. Throws what reading throws. */
async function feed(source: ByteSource, { offset, length }: ByteRange, writer: Writer): Promise<void> {
	for (let fed = 0; fed < length; ) {
		const bytes = new Uint8Array(Math.min(INPUT_BYTES, length - fed));
		const read = source.readInto(bytes, offset + fed);
		if (read === 0) break; // cut since it was opened: the data ends too early
		fed += read;
		if (!(await taken(writer.write(bytes.subarray(0, read))))) return;
	}
	await taken(writer.close());
}

function taken(step: Promise<void>): Promise<boolean> {
	return step.then(
		() => true,
		() => false,
	);
}

function damaged(offset: number, message: string): StateError {
	return new StateError("state-damaged", offset, message);
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
