import { fstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ByteSource } from "../core/files";
import type { KnownLog, KnownLogs } from "../core/snapshot/knownLogs";
import { FRAME_HEADER_SIZE, frameOffset, WAL_HEADER_SIZE } from "../core/sqlite/wal/header";
import type { WalScan } from "../core/sqlite/wal/scan";
import type { DescriptorSource } from "./fileSource";
import { decodeKnownLog, encodeKnownLog } from "./logIndexEntry";

/** Smaller logs are read as fast as looked up. Bytes. */
const LEAST_BYTES = 1 << 20;

/** The most that is kept; what was kept first goes first. */
const MOST_ENTRIES = 256;
const MOST_BYTES = 64 << 20;

/** A file that was changed less than this before it is read could change once more without another time. */
const RESTING_MS = 2000;

/**
 * What came of reading large logs, kept in a directory from one process to the next. An entry counts for a file of the
 * same device, inode, size, time of modification and time of change, with the same header and the same last frame that
 * counts; any program that writes to a file changes one of them. What none of them shows is a disk that gives back other
 * bytes than were written to it: who must know that reads the log. An entry that is damaged, of another version or
 * cannot be read is as good as none, and whatever fails in keeping one is no error.
 */
export class LogIndex implements KnownLogs {
	readonly #directory: string;
	readonly #restingMs: number;
	/** What each file was before it was read, where that can be kept. */
	readonly #asked = new WeakMap<ByteSource, string>();

	/** `directory`: made when there is something to keep; the entries in it are no one else's. */
	constructor(directory: string, restingMs = RESTING_MS) {
		this.#directory = directory;
		this.#restingMs = restingMs;
	}

	find(file: ByteSource): KnownLog | undefined {
		if (!isDescriptor(file) || file.sizeBytes < LEAST_BYTES) return undefined;
		try {
			const { name, changedAt } = stampOf(file);
			if (Date.now() - changedAt >= this.#restingMs) this.#asked.set(file, name);
			const kept = decodeKnownLog(readFileSync(join(this.#directory, name)));
			if (!kept) return undefined;
			const { scan, crc32c, edges } = kept;
			return edges === edgesOf(file, scan) ? { scan, crc32c } : undefined;
		} catch {
			return undefined; // nothing is kept of it, or it cannot be read
		}
	}

	add(file: ByteSource, log: KnownLog): void {
		const name = this.#asked.get(file);
		if (name === undefined || !isDescriptor(file)) return;
		try {
			if (stampOf(file).name !== name) return;
			const edges = edgesOf(file, log.scan);
			mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
			const path = join(this.#directory, name);
			const unfinished = `${path}.${process.pid}.tmp`;
			writeFileSync(unfinished, encodeKnownLog({ ...log, edges }), { mode: 0o600 });
			renameSync(unfinished, path);
			this.#prune();
		} catch {
			// a full disk, or a directory that is not ours: the log is read again next time
		}
	}

	#prune(): void {
		const entries = readdirSync(this.#directory).map((name) => {
			const path = join(this.#directory, name);
			const stats = statSync(path, { throwIfNoEntry: false });
			return { path, keptAt: stats?.mtimeMs ?? 0, sizeBytes: stats?.size ?? 0 };
		});
		entries.sort((one, other) => other.keptAt - one.keptAt);
		let sizeBytes = 0;
		for (const [position, entry] of entries.entries()) {
			sizeBytes += entry.sizeBytes;
			if (position >= MOST_ENTRIES || sizeBytes > MOST_BYTES) rmSync(entry.path, { force: true });
		}
	}
}

function isDescriptor(source: ByteSource): source is DescriptorSource {
	return "fd" in source;
}

/** What tells a file from every other one and from itself before a change, as a name of a file. */
function stampOf({ fd }: DescriptorSource): { readonly name: string; readonly changedAt: number } {
	const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = fstatSync(fd, { bigint: true });
	const name = [dev, ino, size, mtimeNs, ctimeNs].map((part) => part.toString(16)).join("-");
	return { name, changedAt: Number(ctimeMs) };
}

/** The log's header, and that of the last frame that counts, in hexadecimal. */
function edgesOf(file: ByteSource, { framesApplied, header }: WalScan): string {
	const edges = Buffer.alloc(WAL_HEADER_SIZE + FRAME_HEADER_SIZE);
	file.readInto(edges.subarray(0, WAL_HEADER_SIZE), 0);
	if (framesApplied > 0 && header) {
		file.readInto(edges.subarray(WAL_HEADER_SIZE), frameOffset(framesApplied - 1, header.pageSize));
	}
	return edges.toString("hex");
}
