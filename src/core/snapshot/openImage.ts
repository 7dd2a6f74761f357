import type { Cancellation } from "../files";
import { FormatError } from "../formatError";
import { readNow } from "../reading";
import { DATABASE_HEADER_SIZE, type DatabaseHeader, parseDatabaseHeader } from "../sqlite/databaseHeader";
import { type NamedSource, PageImage } from "../sqlite/image/pageImage";
import { PageMap } from "../sqlite/image/pageMap";
import { isDamage, type WalEnd } from "../sqlite/wal/end";
import { scanWal } from "../sqlite/wal/scan";
import { baseHeaderFinding, imageFinding, walFinding } from "../verify/fileFindings";
import type { Finding } from "../verify/finding";

/** The files of a chain, open for reading, in the order of `Chain`. */
export interface ChainSources {
	readonly base: NamedSource;
	readonly wals: readonly NamedSource[];
	/** How many of `wals` an interrupted reap left, see `Chain`. */
	readonly pending: number;
}

/** What an image stands on. */
export interface ChainReport {
	readonly base: { readonly path: string; readonly pages: number };
	/** Bytes. */
	readonly pageSize: number;
	readonly pageCount: number;
	/** In the order in which they apply. After damage the logs behind it are there with nothing applied. */
	readonly wals: readonly WalReport[];
	/** Damage. Not empty: the image ends at the last sound commit before it, or there is none. */
	readonly findings: readonly Finding[];
}

export interface WalReport {
	readonly path: string;
	/** Whole frames in the file. */
	readonly frames: number;
	readonly framesApplied: number;
	/** Why reading it stopped; `undefined` when it was not read because of damage before it. */
	readonly end: WalEnd | undefined;
}

export interface OpenedImage {
	/** `undefined` when damage leaves nothing to read. */
	readonly image: PageImage | undefined;
	readonly report: ChainReport;
}

/**
 * Puts together the image of a snapshot: reads the base's header and every log once. Where the chain is damaged the
 * image holds the state of the last sound commit before the damage and `report.findings` says what is wrong; whether
 * that is good enough is the caller's decision. `snapshot` is the id for the findings.
 */
export function openImage(sources: ChainSources, snapshot: string, cancel?: Cancellation): OpenedImage {
	const { base } = sources;
	const header = readBaseHeader(base, snapshot);
	if ("code" in header) {
		const wals = sources.wals.map(({ path }) => unread(path));
		const report = { base: { path: base.path, pages: 0 }, pageSize: 0, pageCount: 0, wals, findings: [header] };
		return { image: undefined, report };
	}
	const { pageSize } = header;
	const basePages = Math.floor(base.source.sizeBytes / pageSize);
	const map = new PageMap(pageSize, basePages);
	const image = new PageImage(map, base, sources.wals);
	const findings: Finding[] = [];
	const checkImage = (logs: number) => {
		const finding = readNow(imageFinding(map, { base: base.path, header, logs, snapshots: [snapshot] }), image, cancel);
		if (finding) findings.push(finding);
	};
	const wals: WalReport[] = [];
	if (sources.pending === 0) checkImage(0);
	for (const { path, source } of sources.wals) {
		if (findings.length > 0) {
			wals.push(unread(path));
			continue;
		}
		const scan = readNow(scanWal(source.sizeBytes, pageSize), source, cancel);
		map.apply(scan);
		wals.push({ path, frames: scan.frames, framesApplied: scan.framesApplied, end: scan.end });
		if (isDamage(scan.end)) findings.push(walFinding(path, scan.end, [snapshot]));
		else if (wals.length >= sources.pending) checkImage(wals.length);
	}
	return {
		image,
		report: { base: { path: base.path, pages: basePages }, pageSize, pageCount: map.pageCount, wals, findings },
	};
}

function unread(path: string): WalReport {
	return { path, frames: 0, framesApplied: 0, end: undefined };
}

/** The base's header, or the finding that says why there is none. */
function readBaseHeader({ path, source }: NamedSource, snapshot: string): DatabaseHeader | Finding {
	const bytes = new Uint8Array(DATABASE_HEADER_SIZE);
	const read = source.readInto(bytes, 0);
	try {
		return parseDatabaseHeader(bytes.subarray(0, read));
	} catch (error) {
		if (error instanceof FormatError) return baseHeaderFinding(path, error, [snapshot]);
		throw error;
	}
}
