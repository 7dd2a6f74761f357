import { pieceMemory } from "../../core/pieceMemory";
import type { NamedSource } from "../../core/sqlite/image/pageImage";

/** Large enough that the way to another thread and back costs little beside the reading. */
export const PIECE_SIZE = 1 << 21;
const PIECES_AHEAD = 1;

/** A part of a file, being read. */
export interface Piece {
	readonly file: NamedSource;
	/** As many as there were: fewer than the part has where the file is shorter now. Rejects where it cannot be read. */
	readonly bytes: Promise<Buffer>;
	/** Of the part. */
	readonly sizeBytes: number;
}

/** Files in pieces, in order, some of which are read before they are asked for. */
export class ReadAhead {
	readonly #files: readonly NamedSource[];
	#file = 0;
	#offset = 0;
	readonly #ahead: Piece[] = [];
	readonly #reading = new Set<Promise<unknown>>();
	readonly #spare: Uint8Array[] = [];

	constructor(files: readonly NamedSource[]) {
		this.#files = files;
	}

	/** The next piece; `undefined` at the end. */
	take(): Piece | undefined {
		const piece = this.#ahead.shift() ?? this.#begin();
		while (this.#ahead.length < PIECES_AHEAD) {
			const next = this.#begin();
			if (!next) break;
			this.#ahead.push(next);
		}
		return piece;
	}

	/** Takes the memory of a piece for a later one. Whoever gives it back looks at it no more. */
	giveBack({ buffer, byteOffset }: Uint8Array): void {
		if (buffer.byteLength - byteOffset !== PIECE_SIZE || this.#spare.length > PIECES_AHEAD) return;
		this.#spare.push(new Uint8Array(buffer, byteOffset));
	}

	/** Resolves once nothing is being read: only then may the files be closed. */
	async idle(): Promise<void> {
		await Promise.allSettled(this.#reading);
	}

	#begin(): Piece | undefined {
		let file = this.#files[this.#file];
		while (file && this.#offset === file.source.sizeBytes) {
			file = this.#files[++this.#file];
			this.#offset = 0;
		}
		if (!file) return undefined;
		const sizeBytes = Math.min(PIECE_SIZE, file.source.sizeBytes - this.#offset);
		const bytes = this.#read(file, this.#offset, sizeBytes);
		this.#offset += sizeBytes;
		this.#reading.add(bytes);
		const ended = () => this.#reading.delete(bytes);
		bytes.then(ended, ended);
		return { file, bytes, sizeBytes };
	}

	async #read({ source }: NamedSource, offset: number, sizeBytes: number): Promise<Buffer> {
		const { buffer, byteOffset } = this.#spare.pop() ?? pieceMemory(sizeBytes);
		const target = Buffer.from(buffer, byteOffset, sizeBytes);
		const read = await (source.fill?.(target, offset) ?? source.readInto(target, offset));
		return target.subarray(0, read);
	}
}
