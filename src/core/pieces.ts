import type { ByteSource } from "./files";

const PIECE_BYTES = 1 << 20;

/** Bytes that came one after the other, kept in pieces: they grow without being copied, beyond the size of any one array. */
export class Pieces implements ByteSource {
	readonly #pieces: Uint8Array[] = [];
	#sizeBytes = 0;

	get sizeBytes(): number {
		return this.#sizeBytes;
	}

	/** Copies the bytes to the end. */
	append(bytes: Uint8Array): void {
		for (let taken = 0; taken < bytes.byteLength; ) {
			const at = this.#sizeBytes % PIECE_BYTES;
			if (at === 0) this.#pieces.push(new Uint8Array(PIECE_BYTES));
			const part = bytes.subarray(taken, taken + PIECE_BYTES - at);
			this.#pieces.at(-1)!.set(part, at);
			taken += part.byteLength;
			this.#sizeBytes += part.byteLength;
		}
	}

	readInto(target: Uint8Array, offset: number): number {
		const wanted = Math.max(0, Math.min(target.byteLength, this.#sizeBytes - offset));
		for (let read = 0; read < wanted; ) {
			const at = (offset + read) % PIECE_BYTES;
			const part = this.#pieces[Math.floor((offset + read) / PIECE_BYTES)]!.subarray(at, at + wanted - read);
			target.set(part, read);
			read += part.byteLength;
		}
		return wanted;
	}
}
