import { once } from "node:events";
import { oneLine } from "../failure";

/** So much is held back before the first byte is written: a statement that fails meanwhile has printed nothing. */
const HELD_BYTES = 16 << 20;

/** So much is written at once. */
const PIECE_LENGTH = 1 << 16;

/** Standard output and standard error of a command. */
export class Output {
	/** What makes no piece yet. */
	#texts: string[] = [];
	#length = 0;
	/** Joined: a text that is put together from many takes many times its length as long as it is not. */
	#held: string[] = [];
	#heldLength = 0;
	#released = false;

	/** Waits while the reader is slower than the writer. */
	async write(text: string): Promise<void> {
		this.#texts.push(text);
		this.#length += text.length;
		if (this.#length <= PIECE_LENGTH) return;
		this.#join();
		if (this.#released || this.#heldLength > HELD_BYTES) await this.release();
	}

	/** Writes what is held back; must be called at the end. */
	async release(): Promise<void> {
		this.#released = true;
		this.#join();
		const pieces = this.#held;
		this.#held = [];
		this.#heldLength = 0;
		for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, "drain");
	}

	#join(): void {
		if (this.#texts.length === 0) return;
		this.#held.push(this.#texts.join(""));
		this.#heldLength += this.#length;
		this.#texts = [];
		this.#length = 0;
	}

	warn(message: string): void {
		process.stderr.write(`snapstore: ${oneLine(message)}\n`);
	}
}
