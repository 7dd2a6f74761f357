import type { ByteSource } from "../../core/files";
import type { NamedSource } from "../../core/sqlite/image/pageImage";
import { parseWalHeader, WAL_HEADER_SIZE, type WalHeader } from "../../core/sqlite/wal/header";
import { successionOf } from "../../core/sqlite/wal/succession";

/**
 * Why a log cannot be the one after others, as a sentence; `undefined` when nothing proves that. All are sound. A gap in
 * the count alone proves nothing, because snapshots without changes leave one.
 */
export function successionFault(earlier: readonly NamedSource[], next: NamedSource): string | undefined {
	const header = headerOf(next.source);
	if (!header) return undefined;
	const logs = earlier.flatMap(({ path, source }) => {
		const before = headerOf(source);
		return before ? [{ path, header: before }] : [];
	});
	const succession = successionOf(
		logs.map(({ header }) => header),
		header,
	);
	switch (succession.kind) {
		case "same":
			return `${next.path} is the log that ${logs[succession.as]!.path} holds already`;
		case "older":
			return `${next.path} has checkpoint sequence ${header.checkpointSequence}, the log before it ${logs.at(-1)!.header.checkpointSequence}`;
		case "follows":
		case "gap":
		case "foreign":
			return undefined;
	}
}

/** The header of a log with frames; one without has nothing that must follow. */
function headerOf(log: ByteSource): WalHeader | undefined {
	if (log.sizeBytes <= WAL_HEADER_SIZE) return undefined;
	const bytes = new Uint8Array(WAL_HEADER_SIZE);
	log.readInto(bytes, 0);
	return parseWalHeader(bytes);
}
