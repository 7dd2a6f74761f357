import { Frames } from "./frames";
import { FRAME_HEADER_SIZE, type WalHeader } from "./header";
import { RunningChecksum } from "./runningChecksum";

/** Makes a log of frames, one piece after another: with the salts of its header, and the checksum as it goes on from there. */
export class FrameSealer {
	readonly #header: WalHeader;
	readonly #checksum: RunningChecksum;

	constructor(header: WalHeader) {
		this.#header = header;
		this.#checksum = new RunningChecksum(header.pageSize);
		this.#checksum.set(header.checksum1, header.checksum2);
	}

	/** Fills in what the next frames lack: whole ones, in a row, with their page numbers, commit sizes and pages. */
	seal(bytes: Uint8Array): void {
		const frames = new Frames(bytes, this.#header);
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		for (let n = 0; n < frames.count; n++) {
			const start = n * (FRAME_HEADER_SIZE + this.#header.pageSize);
			const [s0, s1] = this.#checksum.pass(frames, n);
			view.setUint32(start + 8, this.#header.salt1);
			view.setUint32(start + 12, this.#header.salt2);
			view.setUint32(start + 16, s0);
			view.setUint32(start + 20, s1);
		}
	}
}
