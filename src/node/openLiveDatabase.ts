import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DATABASE } from "../core/dataDirectory/dataDirectory";
import { confirmLiveDatabase, type LiveDatabase, readLiveDatabase } from "../core/dataDirectory/liveDatabase";
import { type ByteSource, bytesSource, FileError, type Files } from "../core/files";
import type { StoreFile } from "../core/snapshot/model";
import type { ChainSources } from "../core/snapshot/openImage";
import type { Finding } from "../core/verify/finding";
import { type FileSource, openFileSource } from "./fileSource";
import { stampFiles } from "./fileStamps";
import { nodeFiles } from "./nodeFiles";
import { startsWith } from "./startsWith";

/** Up to so many bytes the pair is copied into memory: then the node may do what it likes. */
export const MOST_COPIED_BYTES = 256 << 20;

const MOST_ATTEMPTS = 5;

/** A live database, open for reading. Whoever opens it closes it. */
export interface OpenLiveDatabase extends ChainSources {
	/** What is worth knowing though it can be read. */
	readonly findings: readonly Finding[];
	/** To be asked once all is read: throws `FileError` when the node has checkpointed since it was opened. */
	confirm(): void;
	close(): void;
}

/**
 * Opens the live database of a data directory, in one state. No lock is taken and nothing is written, so a large one,
 * whose pages are read when they are asked for, stays that state only until the node's next checkpoint: `confirm` tells.
 * A smaller one is copied, and stays it for good. Throws `FileError`; then nothing is left open.
 */
export async function openLiveDatabase(
	directory: string,
	{ mostCopiedBytes = MOST_COPIED_BYTES }: { readonly mostCopiedBytes?: number } = {},
): Promise<OpenLiveDatabase> {
	const files = nodeFiles(directory);
	for (let attempt = 1; ; attempt++) {
		const live = await readLiveDatabase(files, { pause: (milliseconds) => setTimeout(milliseconds) });
		try {
			return await open(directory, files, live, mostCopiedBytes);
		} catch (error) {
			if (!(error instanceof FileError) || attempt === MOST_ATTEMPTS) throw error;
		}
	}
}

async function open(
	directory: string,
	files: Files,
	live: LiveDatabase,
	mostCopiedBytes: number,
): Promise<OpenLiveDatabase> {
	const { base, wal, walHeader, findings } = live;
	const stamps = stampFiles([join(directory, base.path)]);
	const opened: FileSource[] = [];
	const close = () => {
		for (const source of opened.splice(0)) source.close();
	};
	const isCopied = base.sizeBytes + (wal?.sizeBytes ?? 0) <= mostCopiedBytes;
	const openOne = ({ path, sizeBytes }: StoreFile) => {
		const source = openFileSource(join(directory, path), path);
		opened.push(source);
		return { path, source: isCopied ? copyOf(source, sizeBytes) : firstBytes(source, sizeBytes) };
	};
	try {
		const wals = wal ? [openOne(wal)] : [];
		const sources = { base: openOne(base), wals, pending: wals.length, findings };
		await confirmLiveDatabase(files, live);
		stamps.confirm();
		if (isCopied) {
			close();
			return { ...sources, confirm: () => {}, close };
		}
		const log = wals[0]?.source;
		return {
			...sources,
			confirm() {
				if (log && !startsWith(log, walHeader)) throw startedOver();
				stamps.confirm();
			},
			close,
		};
	} catch (error) {
		close();
		throw error;
	}
}

function copyOf(source: ByteSource, sizeBytes: number): ByteSource {
	const bytes = new Uint8Array(sizeBytes);
	return bytesSource(bytes.subarray(0, source.readInto(bytes, 0)));
}

function firstBytes(source: ByteSource, sizeBytes: number): ByteSource {
	return {
		sizeBytes: Math.min(sizeBytes, source.sizeBytes),
		readInto: (target, offset) => source.readInto(target.subarray(0, Math.max(0, sizeBytes - offset)), offset),
	};
}

function startedOver(): FileError {
	return new FileError(
		"unreadable",
		DATABASE,
		`The node checkpointed ${DATABASE} while it was read. Try again, or stop the node first.`,
	);
}
