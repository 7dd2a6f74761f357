import { pieceMemory } from "./pieceMemory";
import { frameSummer } from "./sqlite/wal/frameSums";

/** As large as a room for frames. More is not asked for at once by who wants speed: it stays in a processor's cache. */
export const PIECE_BYTES = 1 << 19;

/** Less is not worth a room, of which there is one in a thread. Bytes. */
const LEAST_BYTES = 1 << 16;

/**
 * Memory for one reader to read into. For pieces of files it lies, unless another reader has that at the moment, where
 * the frames of a log are summed without being copied. Whoever makes one releases it.
 */
export class ReadMemory {
	#own: Uint8Array = new Uint8Array(0);
	#room: Uint8Array | undefined;

	/** So many bytes, or more. What was taken before must not be in use any more. */
	take(length: number): Uint8Array {
		if (length >= LEAST_BYTES && length <= PIECE_BYTES) this.#room ??= frameSummer().rooms.pop();
		if (this.#room && length <= this.#room.byteLength) return this.#room;
		if (this.#own.byteLength < length) this.#own = pieceMemory(length);
		return this.#own;
	}

	release(): void {
		if (this.#room) frameSummer().rooms.push(this.#room);
		this.#room = undefined;
	}
}
