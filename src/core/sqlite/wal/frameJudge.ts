import type { WalEnd } from "./end";
import { Frames } from "./frames";
import { frameOffset, type WalHeader } from "./header";
import { Leftovers } from "./leftovers";
import { RunningChecksum } from "./runningChecksum";

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
	readonly #checksum: RunningChecksum;
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
		this.#checksum = new RunningChecksum(header.pageSize);
		this.#checksum.set(header.checksum1, header.checksum2);
		this.#pageNumbers = new Uint32Array(expectedFrames);
	}

	/** Whole frames so far. */
	get frames(): number {
		return this.#frames;
	}

	/** Takes the next frames: whole ones, in a row. The bytes are only read, not kept. */
	add(bytes: Uint8Array): void {
		const frames = new Frames(bytes, this.#header);
		let n = this.#behind.kind === "nothing" ? this.#accept(frames) : 0;
		for (; n < frames.count; n++) this.#judgeBehind(frames, n);
		this.#frames += frames.count;
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

	/** Takes the frames that continue the log; answers how many do. */
	#accept(frames: Frames): number {
		const { salt1, salt2 } = this.#header;
		for (let n = 0; n < frames.count; n++) {
			const pageNumber = frames.pageNumber(n);
			if (pageNumber === 0 || frames.salt1(n) !== salt1 || frames.salt2(n) !== salt2) return n;
			if (!this.#checksum.continues(frames, n)) return n;
			this.#pageNumbers[this.#sound++] = pageNumber;
			if (pageNumber === 1) this.#databaseSize = frames.headerPageCount(n);
			const commitSize = frames.commitSize(n);
			if (commitSize > 0) {
				this.#committed = this.#sound;
				this.#pageCount = commitSize;
				this.#databaseSize = commitSize;
			}
		}
		return frames.count;
	}

	/** Takes a frame that does not continue the log, or comes behind one. */
	#judgeBehind(frames: Frames, n: number): void {
		const ours = frames.salt1(n) === this.#header.salt1 && frames.salt2(n) === this.#header.salt2;
		switch (this.#behind.kind) {
			case "nothing":
				if (ours || frames.isUnsigned(n)) this.#startBroken(frames, n);
				else this.#startForeign(frames, n);
				this.#followedBy = this.#behind.kind;
				break;
			case "broken":
				if (!ours && !frames.isUnsigned(n)) this.#startForeign(frames, n);
				else if (frames.commitSize(n) > 0) this.#damaged("checksum-mismatch", this.#behind.first);
				break;
			case "foreign":
				// An older cycle's frames are overwritten from the front: none of this cycle can stand behind them.
				if (ours || !this.#leftover?.follows(frames, n)) this.#damaged("salt-mismatch", this.#behind.first);
				break;
		}
	}

	#startBroken(frames: Frames, n: number): void {
		const first = this.#frames + n;
		this.#behind = { kind: "broken", first };
		if (frames.commitSize(n) > 0 || this.#lostCommitMark(frames, n)) this.#damaged("checksum-mismatch", first);
	}

	/**
	 * Whether the frame continues the log once a single bit of its commit size is set: then it was a commit frame whose
	 * mark was flipped away. A rolled back transaction can have written this page anew under the old checksum, and two
	 * such pages often differ in few enough bits for one of 32 marks to make up for it by chance: so only a mark that
	 * fits the size in the database's own header is tried, where that is known.
	 */
	#lostCommitMark(frames: Frames, n: number): boolean {
		const pageNumber = frames.pageNumber(n);
		if (pageNumber === 0) return false;
		const size = pageNumber === 1 ? frames.headerPageCount(n) : this.#databaseSize;
		for (let bit = 0; bit < 32; bit++) {
			const mark = 2 ** bit;
			if (size === undefined ? mark < pageNumber : mark !== size) continue;
			if (this.#checksum.continues(frames.withCommitSize(n, mark), 0)) return true;
		}
		return false;
	}

	#startForeign(frames: Frames, n: number): void {
		const first = this.#frames + n;
		this.#behind = { kind: "foreign", first };
		this.#leftover = new Leftovers(this.#header);
		// Salts are in no checksum: a frame that continues this log's has lost its own.
		const follows = this.#leftover.follows(frames, n);
		if (!follows || this.#checksum.continues(frames, n)) this.#damaged("salt-mismatch", first);
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
