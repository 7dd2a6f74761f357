import type { FormatError } from "../formatError";
import type { Reading } from "../reading";
import { StateError } from "../snapshot/rqliteV7/stateError";
import type { DatabaseHeader } from "../sqlite/databaseHeader";
import { findMissingPage } from "../sqlite/image/missingPage";
import type { PageMap } from "../sqlite/image/pageMap";
import type { WalEnd } from "../sqlite/wal/end";
import type { Finding } from "./finding";

/** A WAL concerns its own snapshot and those after it. */
const WAL_ADVICE = "Take the file from a backup or another node; an earlier snapshot of the generation may be sound.";
/** The base concerns all of them. */
const BASE_ADVICE =
	"Nothing that stands on it can be read exactly. Take the file from a backup or another node, or use a snapshot that does not.";
/** Something between the base and the newest WAL is gone, and nothing says which file it was. */
const GAP_ADVICE =
	"A WAL or a snapshot of the chain is gone, or one of another database is in its place. An earlier snapshot of the generation may be sound.";

/** A base whose header is not that of a SQLite database, or from which the database cannot be unpacked. */
export function baseHeaderFinding(path: string, error: FormatError, snapshots: readonly string[]): Finding {
	if (error instanceof StateError) return stateFinding(path, error, snapshots);
	return {
		code: "base-damaged",
		severity: "error",
		path,
		offset: error.offset,
		snapshots,
		message: `${path} is no SQLite database: ${error.message} (byte ${error.offset}).`,
		advice: BASE_ADVICE,
	};
}

function stateFinding(path: string, { code, offset, message }: StateError, snapshots: readonly string[]): Finding {
	const advice =
		code === "state-too-large"
			? "Let a node of rqlite 8 or 9 upgrade a copy of the store, which unpacks it to a file."
			: "Take state.bin and meta.json from a backup or another node, or use another snapshot.";
	return { code, severity: "error", path, offset, snapshots, message: `${path}: ${message} (byte ${offset}).`, advice };
}

/** A log that ended in damage. `snapshots`: those whose chain holds it. */
export function walFinding(path: string, end: WalEnd, snapshots: readonly string[]): Finding {
	const common = { severity: "error", path, snapshots, advice: WAL_ADVICE } as const;
	switch (end.reason) {
		case "bad-header":
			return {
				...common,
				code: "wal-bad-header",
				offset: end.offset,
				message: `${path}: ${end.message} (byte ${end.offset}).`,
			};
		case "checksum-mismatch":
			return {
				...common,
				code: "wal-checksum-mismatch",
				offset: end.offset,
				frame: end.frame,
				message: `${path}: the checksum of frame ${end.frame} (byte ${end.offset}) is wrong, and committed changes in it or behind it are lost.`,
			};
		case "salt-mismatch":
			return {
				...common,
				code: "wal-salt-mismatch",
				offset: end.offset,
				frame: end.frame,
				message: `${path}: frame ${end.frame} (byte ${end.offset}) has salts that are neither the log's nor those of an older one.`,
			};
		case "torn-frame":
			return {
				...common,
				code: "wal-torn-frame",
				offset: end.offset,
				frame: end.frame,
				message: `${path}: the file was cut in frame ${end.frame} (byte ${end.offset}); ${end.missing} bytes of it are missing.`,
			};
		case "end-of-file":
		case "uncommitted":
		case "rolled-back":
			throw new Error(`a log that ends with ${end.reason} is not damaged`);
	}
}

/** What a map of pages must be checked against. */
export interface ImageContext {
	/** Path of the base. */
	readonly base: string;
	readonly header: DatabaseHeader;
	/** Path of the log that was applied last; `undefined` while none has been. */
	readonly lastLog: string | undefined;
	readonly snapshots: readonly string[];
}

/** Pages that a database should have and no file holds; `undefined` when all are there. Requests are ranges of the image. */
export function* imageFinding(map: PageMap, context: ImageContext): Reading<Finding | undefined> {
	const { base, header, lastLog, snapshots } = context;
	const common = { severity: "error", snapshots } as const;
	const { pageSize } = header;
	if (lastLog === undefined) {
		if (header.pageCount === undefined ? map.basePages > 0 : header.pageCount <= map.basePages) return undefined;
		const offset = map.basePages * pageSize;
		const wanted = header.pageCount === undefined ? "at least one" : `${header.pageCount}`;
		return {
			...common,
			code: "base-damaged",
			path: base,
			offset,
			page: map.basePages + 1,
			message: `${base} was cut (byte ${offset}): it holds ${map.basePages} whole pages of ${pageSize} bytes, its header says ${wanted}.`,
			advice: BASE_ADVICE,
		};
	}
	const page = yield* findMissingPage(map);
	if (page === undefined) return undefined;
	return {
		...common,
		code: "image-incomplete",
		path: lastLog,
		page,
		message: `After ${lastLog} the database has ${map.pageCount} pages, but page ${page} (byte ${(page - 1) * pageSize}) is neither in ${base} nor in a WAL.`,
		advice: GAP_ADVICE,
	};
}
