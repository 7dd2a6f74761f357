import { WalChecksum } from "./checksum";
import type { WalEnd } from "./end";
import { addFrame, type Frame, headerPageCount, isUnsigned, parseFrame } from "./frame";
import { frameOffset, type WalHeader } from "./header";
import { Leftovers } from "./leftovers";

/**
 * What came after the last frame that continues the log, if anything did; `first` is the frame where that began.
 *
 * `broken`: frames of this cycle whose checksum does not continue the log. `foreign`: frames with other salts.
 */
type Behind =
	| { readonly kind: "nothing" }
	| { readonly kind: "broken"; readonly first: number }
	| { readonly kind: "foreign"; readonly first: number };

/**
 * Takes the frames of a WAL one after another and decides which of them count.
 *
 * Three things can stand behind the last commit of a healthy log: sound frames of a transaction that had not committed,
 * frames of one that was rolled back (the log's salts or none, no running checksum, no commit mark), and frames of an
 * older cycle of the same file. Everything else there is damage.
 */
export class FrameJudge {
	readonly #header: WalHeader;
	readonly #checksum: WalChecksum;
	#pageNumbers: Uint32Array;
	#frames = 0;
	#committed = 0;
	#pageCount = 0;
	/** In pages, as the sound frames so far say it; `undefined` while none has. */
	#databaseSize: number | undefined;
	#behind: Behind = { kind: "nothing" };
	/** How many frames continue the log, and what came first behind them. */
	#sound = 0;
	#followedBy: Behind["kind"] = "nothing";
	#damage: WalEnd | undefined;
	#leftover: Leftovers | undefined;

	/** `expectedFrames` is how many may come; it only sizes a table, and the file's own size has bounded it. */
	constructor(header: WalHeader, expectedFrames: number) {
		this.#header = header;
		this.#checksum = new WalChecksum(header.bigEndianChecksum);
		this.#checksum.set(header.checksum1, header.checksum2);
		this.#pageNumbers = new Uint32Array(expectedFrames);
	}

	/** Frames so far. */
	get frames(): number {
		return this.#frames;
	}

	/** Takes the next frame, header and page. The bytes are only read, not kept. */
	add(bytes: Uint8Array): void {
		const frame = parseFrame(bytes, this.#frames++);
		const ours = frame.salt1 === this.#header.salt1 && frame.salt2 === this.#header.salt2;
		switch (this.#behind.kind) {
			case "nothing":
				if (ours && this.#continues(frame)) this.#accept(frame);
				else if (ours || isUnsigned(frame)) this.#startBroken(frame);
				else this.#startForeign(frame);
				this.#followedBy = this.#behind.kind;
				break;
			case "broken":
				if (!ours && !isUnsigned(frame)) this.#startForeign(frame);
				else if (frame.commitSize > 0) this.#damaged("checksum-mismatch", this.#behind.first);
				break;
			case "foreign":
				// An older cycle's frames are overwritten from the front: none of this cycle can stand behind them.
				if (ours || !this.#leftover?.follows(frame)) this.#damaged("salt-mismatch", this.#behind.first);
				break;
		}
	}

	/** Why the log ended, once all whole frames are in. */
	end(): WalEnd {
		if (this.#damage) return this.#damage;
		if (this.#sound > this.#committed) return { reason: "uncommitted", ...this.#place(this.#committed) };
		switch (this.#followedBy) {
			case "nothing":
				return { reason: "end-of-file" };
			case "broken":
				return { reason: "rolled-back", ...this.#place(this.#sound) };
			case "foreign":
				return { reason: "salt-mismatch", ...this.#place(this.#sound), damaged: false };
		}
	}

	applied(): { readonly framesApplied: number; readonly pageNumbers: Uint32Array; readonly pageCount: number } {
		return {
			framesApplied: this.#committed,
			pageNumbers: this.#pageNumbers.subarray(0, this.#committed),
			pageCount: this.#pageCount,
		};
	}

	#accept(frame: Frame): void {
		this.#pageNumbers[frame.n] = frame.pageNumber;
		this.#sound = frame.n + 1;
		if (frame.pageNumber === 1) this.#databaseSize = headerPageCount(frame.bytes);
		if (frame.commitSize > 0) {
			this.#committed = frame.n + 1;
			this.#pageCount = frame.commitSize;
			this.#databaseSize = frame.commitSize;
		}
	}

	/** Whether the running checksum goes on through this frame; only then is it moved on. */
	#continues(frame: Frame): boolean {
		if (frame.pageNumber === 0) return false;
		const { s0, s1 } = this.#checksum;
		addFrame(this.#checksum, frame.bytes);
		if (this.#checksum.equals(frame.checksum1, frame.checksum2)) return true;
		this.#checksum.set(s0, s1);
		return false;
	}

	#startBroken(frame: Frame): void {
		this.#behind = { kind: "broken", first: frame.n };
		if (frame.commitSize > 0 || this.#lostCommitMark(frame)) this.#damaged("checksum-mismatch", frame.n);
	}

	/**
	 * Whether the frame continues the log once a single bit of its commit size is set: then it was a commit frame whose
	 * mark was flipped away. A rolled back transaction can have written this page anew under the old checksum, and two
	 * such pages often differ in few enough bits for one of 32 marks to make up for it by chance: so only a mark that
	 * fits the size in the database's own header is tried, where that is known.
	 */
	#lostCommitMark(frame: Frame): boolean {
		const size = frame.pageNumber === 1 ? headerPageCount(frame.bytes) : this.#databaseSize;
		const copy = Uint8Array.from(frame.bytes);
		const view = new DataView(copy.buffer);
		for (let bit = 0; bit < 32; bit++) {
			const mark = 2 ** bit;
			if (size === undefined ? mark < frame.pageNumber : mark !== size) continue;
			view.setUint32(4, mark);
			if (this.#continues({ ...frame, bytes: copy })) return true;
		}
		return false;
	}

	#startForeign(frame: Frame): void {
		this.#behind = { kind: "foreign", first: frame.n };
		this.#leftover = new Leftovers(this.#header);
		// Salts are in no checksum: a frame that continues this log's has lost its own.
		if (!this.#leftover.follows(frame) || this.#continues(frame)) this.#damaged("salt-mismatch", frame.n);
	}

	#damaged(reason: "checksum-mismatch" | "salt-mismatch", n: number): void {
		if (this.#damage) return;
		this.#damage =
			reason === "salt-mismatch" ? { reason, ...this.#place(n), damaged: true } : { reason, ...this.#place(n) };
	}

	#place(n: number): { readonly frame: number; readonly offset: number } {
		return { frame: n + 1, offset: frameOffset(n, this.#header.pageSize) };
	}
}
