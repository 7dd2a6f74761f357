import type { ByteSource } from "../core/files";
import type { NamedSource } from "../core/sqlite/image/pageImage";
import { parseWalHeader, WAL_HEADER_SIZE, type WalHeader } from "../core/sqlite/wal/header";

/**
 * Why a log cannot be the one after others, as a sentence; `undefined` when nothing proves that. All are sound. SQLite
 * counts the checkpoint sequence up and changes the salts each time a log starts over, and begins at 0 after a restart;
 * a gap in the count alone proves nothing, because snapshots without changes leave one.
 */
export function successionFault(earlier: readonly NamedSource[], next: NamedSource): string | undefined {
	const header = headerOf(next.source);
	if (!header) return undefined;
	let last: WalHeader | undefined;
	for (const log of earlier) {
		last = headerOf(log.source) ?? last;
		if (last && isSameLog(last, header)) return `${next.path} is the log that ${log.path} holds already`;
	}
	if (last && header.checkpointSequence > 0 && header.checkpointSequence < last.checkpointSequence) {
		return `${next.path} has checkpoint sequence ${header.checkpointSequence}, the log before it ${last.checkpointSequence}`;
	}
	return undefined;
}

function isSameLog(a: WalHeader, b: WalHeader): boolean {
	return a.salt1 === b.salt1 && a.salt2 === b.salt2 && a.checkpointSequence === b.checkpointSequence;
}

/** The header of a log with frames; one without has nothing that must follow. */
function headerOf(log: ByteSource): WalHeader | undefined {
	if (log.sizeBytes <= WAL_HEADER_SIZE) return undefined;
	const bytes = new Uint8Array(WAL_HEADER_SIZE);
	log.readInto(bytes, 0);
	return parseWalHeader(bytes);
}
