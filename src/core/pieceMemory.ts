/**
 * A large array begins 16 bytes behind the start of a page of memory, and what is copied to it from a file most often
 * begins at one. AMD's Zen 3 copies four times as slowly to where the lowest 12 bits are above the source's by less than
 * 64; no other processor is known to mind.
 */
const DISTANCE = 1024;

/** Zeros to read a piece of a file into, which is an array's own but does not begin where its buffer does. */
export function pieceMemory(sizeBytes: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(new ArrayBuffer(DISTANCE + sizeBytes), DISTANCE);
}
