import type { Checksums } from "../checksum/sidecar";
import type { Cancellation } from "../files";
import type { FormatError } from "../formatError";
import { readNow } from "../reading";
import { type NamedSource, PageImage } from "../sqlite/image/pageImage";
import type { Finding } from "../verify/finding";
import { successionFindings } from "../verify/successionFindings";
import { type ChainReading, ChainScan, type WalReport } from "./chainScan";
import type { KnownLogs } from "./knownLogs";
import type { Packing, Sidecar } from "./model";

export type { WalReport } from "./chainScan";

/** A file of a chain, open for reading. */
export interface ChainSource extends NamedSource {
	readonly sidecar?: Sidecar | undefined;
	/** How the database lay in the file; `source` is the database itself. */
	readonly packing?: Packing | undefined;
	/** Why it could not be unpacked. `source` then has no bytes. */
	readonly fault?: FormatError | undefined;
}

/** The files of a chain, open for reading, in the order of `Chain`. */
export interface ChainSources {
	readonly base: ChainSource;
	readonly wals: readonly ChainSource[];
	/** How many of `wals` an interrupted reap left, see `Chain`. */
	readonly pending: number;
	/** See `Generation`; not so where it is left out. */
	readonly compacted?: boolean | undefined;
	/** To be there where a file has a sidecar. */
	readonly checksums?: Checksums | undefined;
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
	/** What is wrong with a file beside the chain, and changes nothing of what the image holds. */
	readonly notes: readonly Finding[];
}

export interface OpenedImage {
	/** `undefined` when damage leaves nothing to read. */
	readonly image: PageImage | undefined;
	readonly report: ChainReport;
}

export interface OpenImageOptions {
	readonly cancel?: Cancellation | undefined;
	/** Whether the whole base is read for the sake of its sidecar, by those who need all of it anyway. */
	readonly checkBase?: boolean;
	/** What came of reading the logs before; without it all are read. */
	readonly known?: KnownLogs | undefined;
}

/**
 * Puts together the image of a snapshot: reads the base's header and every log once. Where the chain is damaged the
 * image holds the state of the last sound commit before the damage (where logs are compacted, of the last sound log) and
 * `report.findings` says what is wrong; whether that is good enough is the caller's decision. A log that is proven not to
 * be in its place is damage. `snapshot` is the id for the findings.
 */
export function openImage(sources: ChainSources, snapshot: string, options: OpenImageOptions = {}): OpenedImage {
	const { base, pending, compacted = false, checksums } = sources;
	const files = [base, ...sources.wals].map((file) => ({ ...file, sizeBytes: file.source.sizeBytes }));
	const run = <T>(reading: ChainReading<T>) => readNow(reading, ({ file }) => files[file]!.source, options.cancel);
	const scan = new ChainScan(files[0]!, { pending, compacted, checksums, checkBase: options.checkBase });
	run(scan.readBase([snapshot]));
	for (const wal of files.slice(1)) {
		if (scan.sound) {
			const before = options.known?.find(wal.source);
			const known = run(scan.addWal({ ...wal, known: before }, [snapshot]));
			if (known && known !== before) options.known?.add(wal.source, known);
		} else scan.skipWal(wal);
	}
	const { map, wals, findings, notes } = scan;
	const misplaced = firstMisplaced(scan, snapshot);
	if (misplaced) return upTo(misplaced, sources, wals, snapshot, options);
	return {
		image: map && new PageImage(map, base, sources.wals),
		report: {
			base: { path: base.path, pages: map ? Math.floor(base.source.sizeBytes / map.pageSize) : 0 },
			pageSize: map?.pageSize ?? 0,
			pageCount: map?.pageCount ?? 0,
			wals,
			findings,
			notes,
		},
	};
}

/** Where the logs prove that one is not in its place. */
interface Misplaced {
	/** Of the log, among those of the chain. */
	readonly at: number;
	readonly finding: Finding;
}

function firstMisplaced({ logs }: ChainScan, snapshot: string): Misplaced | undefined {
	const chain = logs.map((log) => ({ ...log, snapshots: [snapshot] }));
	// Each proof is told at both logs, the later one last.
	const finding = successionFindings(chain, "info").filter(({ severity }) => severity === "error")[1];
	return finding && { at: logs.findIndex(({ path }) => path === finding.path), finding };
}

/** The image without a log that is not in its place, and those behind it. */
function upTo(
	{ at, finding }: Misplaced,
	sources: ChainSources,
	wals: readonly WalReport[],
	snapshot: string,
	options: OpenImageOptions,
): OpenedImage {
	const { image, report } = openImage({ ...sources, wals: sources.wals.slice(0, at) }, snapshot, options);
	const notApplied = wals.slice(at).map((wal, n) => ({
		...(n === 0 ? wal : { path: wal.path, frames: 0, end: undefined }),
		framesApplied: 0,
	}));
	return {
		image: at < sources.pending ? undefined : image,
		report: { ...report, wals: [...report.wals, ...notApplied], findings: [...report.findings, finding] },
	};
}
