import { once } from "node:events";
import { oneLine } from "./failure";

/** So much is held back before the first byte is written: a statement that fails meanwhile has printed nothing. */
const HELD_BYTES = 16 << 20;

/** Standard output and standard error of a command. */
export class Output {
	#held: string[] = [];
	#heldLength = 0;
	#released = false;

	/** Waits while the reader is slower than the writer. */
	async write(text: string): Promise<void> {
		this.#held.push(text);
		this.#heldLength += text.length;
		if (this.#released ? this.#heldLength > 1 << 16 : this.#heldLength > HELD_BYTES) await this.release();
	}

	/** Writes what is held back; must be called at the end. */
	async release(): Promise<void> {
		this.#released = true;
		const text = this.#held.join("");
		this.#held = [];
		this.#heldLength = 0;
		if (text !== "" && !process.stdout.write(text)) await once(process.stdout, "drain");
	}

	warn(message: string): void {
		process.stderr.write(`snapstore: ${oneLine(message)}\n`);
	}
}
