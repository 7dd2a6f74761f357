import { closeSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { checkpoint } from "../support/sqlite/oracle";

const PAGE_SIZE = 4096;
const PAGES_PER_STEP = 16;
const SHARED_MEMORY_SIZE = 32768;

/**
 * Does to a database of 4096-byte pages what SQLite does that opens it beside its WAL, checkpoints and closes it. What is
 * written, page by page and in place, is SQLite's own answer; `step` is called before each few pages.
 */
export async function checkpointInPlace(file: string, step: () => Promise<void>): Promise<void> {
	const before = readFileSync(file);
	const after = checkpoint(before, [readFileSync(`${file}-wal`)]);
	await step();
	writeFileSync(`${file}-shm`, new Uint8Array(SHARED_MEMORY_SIZE));
	const descriptor = openSync(file, "r+");
	let changed = 0;
	for (let at = 0; at < after.byteLength; at += PAGE_SIZE) {
		const page = after.subarray(at, at + PAGE_SIZE);
		if (Buffer.compare(page, before.subarray(at, at + PAGE_SIZE)) === 0) continue;
		if (changed++ % PAGES_PER_STEP === 0) await step();
		writeSync(descriptor, page, 0, page.byteLength, at);
	}
	closeSync(descriptor);
	await step();
	truncateSync(file, after.byteLength);
	await step();
	rmSync(`${file}-wal`);
	rmSync(`${file}-shm`);
}
