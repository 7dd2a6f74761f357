import type { ByteSource } from "../core/files";
import { READ_VERSION_OFFSET, WRITE_VERSION_OFFSET } from "../core/sqlite/databaseHeader";

/** How much is read at once when reads run forward. More would make look-ups read what nobody asked for. */
const READ_AHEAD = 1 << 16;

/** EIO, as Emscripten numbers it. */
const EIO = 29;

/**
 * Stands in for the bytes of a database where sql.js expects an array. sql.js keeps what it is given as the contents of
 * a file in memory and reads that only through `length`, `subarray` and, once, `slice`; so pages are read when SQLite
 * asks for them. The contract is tested against the pinned version.
 *
 * The bytes in which a header says that the database is in WAL mode read 1: SQLite would look for a log of its own,
 * and the log is already in the image.
 */
export class StandIn {
	/** Size of the database in bytes. */
	readonly length: number;
	/** How often SQLite read from it. */
	reads = 0;
	/** Where the last read began. */
	lastOffset = 0;
	/** Why a read failed; SQLite itself only knows that one did. */
	failure: unknown;
	readonly #image: ByteSource;
	readonly #ahead = new Uint8Array(READ_AHEAD);
	#aheadStart = 0;
	#aheadEnd = 0;
	#lastEnd = -1;

	constructor(image: ByteSource) {
		this.#image = image;
		this.length = image.sizeBytes;
	}

	subarray(begin: number, end: number): Uint8Array {
		this.reads++;
		this.lastOffset = begin;
		const until = Math.min(end, this.length);
		const forward = begin === this.#lastEnd;
		this.#lastEnd = until;
		if (begin < this.#aheadStart || until > this.#aheadEnd) {
			if (!forward || until - begin > READ_AHEAD) return this.#read(new Uint8Array(Math.max(0, until - begin)), begin);
			const length = Math.min(READ_AHEAD, this.length - begin);
			this.#aheadEnd = 0;
			this.#read(this.#ahead.subarray(0, length), begin);
			this.#aheadStart = begin;
			this.#aheadEnd = begin + length;
		}
		return this.#ahead.subarray(begin - this.#aheadStart, until - this.#aheadStart);
	}

	/** sql.js takes a copy of what it is given; this is it. */
	slice(): StandIn {
		return this;
	}

	#read(target: Uint8Array, offset: number): Uint8Array {
		try {
			this.#image.readInto(target, offset);
		} catch (error) {
			this.failure = error;
			throw Object.assign(new Error("read failed"), { name: "ErrnoError", errno: EIO });
		}
		for (const at of [WRITE_VERSION_OFFSET, READ_VERSION_OFFSET]) {
			if (at >= offset && at < offset + target.byteLength) target[at - offset] = 1;
		}
		return target;
	}
}
