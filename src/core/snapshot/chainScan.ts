import { readNothing } from "../checksum/crc32";
import { type Checksums, matchSidecar } from "../checksum/sidecar";
import { FormatError } from "../formatError";
import type { Reading } from "../reading";
import { DATABASE_HEADER_SIZE, type DatabaseHeader, parseDatabaseHeader } from "../sqlite/databaseHeader";
import { PageMap } from "../sqlite/image/pageMap";
import { isDamage, type WalEnd } from "../sqlite/wal/end";
import type { WalHeader } from "../sqlite/wal/header";
import { type AppliedFrames, scanWal, type WalScan } from "../sqlite/wal/scan";
import { baseHeaderFinding, imageFinding, walFinding } from "../verify/fileFindings";
import type { Finding } from "../verify/finding";
import { sidecarFinding } from "../verify/sidecarFinding";
import type { KnownLog } from "./knownLogs";
import type { Packing, Sidecar } from "./model";

/** A file of a chain, as far as scanning needs to know it. */
export interface ScannedFile {
	readonly path: string;
	readonly sizeBytes: number;
	readonly sidecar?: Sidecar | undefined;
	/** How the database lies in it. One that was packed may have no bytes; a file of none is damaged. */
	readonly packing?: Packing | undefined;
	/** Why the database could not be unpacked from it. */
	readonly fault?: FormatError | undefined;
	/** Of a log: what came of reading it before. */
	readonly known?: KnownLog | undefined;
}

/** Asks for bytes of one file of the chain: 0 is the base, n the n-th WAL. */
export interface ChainRequest {
	readonly file: number;
	readonly offset: number;
	readonly length: number;
}

/** A reader of several files of a chain, otherwise as `Reading`. */
export type ChainReading<T> = Reading<T, ChainRequest>;

/** What came out of reading one WAL. */
export interface WalReport {
	readonly path: string;
	/** Whole frames in the file. */
	readonly frames: number;
	readonly framesApplied: number;
	/** Why reading it stopped; `undefined` when it was not read because of damage before it. */
	readonly end: WalEnd | undefined;
}

/** A log, as far as it tells whether it follows the one before it. */
export interface ScannedLog {
	readonly path: string;
	/** `undefined` for a log without commits, or one that could not be read. */
	readonly header: WalHeader | undefined;
	/** Whether it is known to hold no commit: nothing was written, or it was emptied. */
	readonly empty: boolean;
}

export interface ChainScanOptions {
	/** How many of the WALs, from the first, an interrupted reap left: the base may hold part of them already. */
	readonly pending: number;
	/** Whether commits inside a WAL are no states of the database: then a damaged WAL is left out as a whole. */
	readonly compacted: boolean;
	/** For files that have a sidecar; without it theirs are not compared. */
	readonly checksums?: Checksums | undefined;
	/** Whether the whole base is read for the sake of its sidecar. */
	readonly checkBase?: boolean | undefined;
}

/**
 * Reads a chain file after file and keeps the map of its pages: the base, then each WAL. After every step `map` is the
 * database as it is up to there. A WAL behind damage is still read, but no longer applied: what it holds builds on what
 * is lost.
 */
export class ChainScan {
	readonly wals: WalReport[] = [];
	/** Of each of `wals`. */
	readonly logs: ScannedLog[] = [];
	/** Damage: what the chain holds behind it is not applied. */
	readonly findings: Finding[] = [];
	/** What is wrong with a file beside the chain and changes nothing of what it holds. */
	readonly notes: Finding[] = [];
	#header: DatabaseHeader | undefined;
	#brokenOff = false;
	/** Of each log while all is sound. */
	readonly #applied: AppliedFrames[] = [];
	#lastApplied: Uint32Array = NO_PAGES;
	#map: PageMap | undefined;
	/** Whether the base alone is no state of the database, and what was to make it one is not whole. */
	#nothingSound = false;

	constructor(
		readonly base: ScannedFile,
		readonly options: ChainScanOptions,
	) {}

	/** `undefined` until the base has been read, and where damage leaves no state of the database. */
	get map(): PageMap | undefined {
		return this.#nothingSound ? undefined : this.#map;
	}

	get header(): DatabaseHeader | undefined {
		return this.#header;
	}

	/** Whether nothing is wrong so far. */
	get sound(): boolean {
		return this.findings.length === 0 && !this.#brokenOff;
	}

	/** Page numbers of the frames that the last WAL added; a page may be there more than once. */
	get lastApplied(): Uint32Array {
		return this.#lastApplied;
	}

	/** Says that a file between the last one and the next is missing. */
	breakOff(): void {
		this.#brokenOff = true;
	}

	/** Reads the base's header, and all of it where its sidecar is to be checked. `snapshots`: those of the findings. */
	*readBase(snapshots: readonly string[]): ChainReading<void> {
		const { path, sizeBytes, sidecar, packing, fault } = this.base;
		if (packing && sizeBytes === 0 && !fault) {
			this.#map = new PageMap(DEFAULT_PAGE_SIZE, 0);
			return;
		}
		try {
			if (fault) throw fault;
			this.#header = parseDatabaseHeader(yield { file: 0, offset: 0, length: DATABASE_HEADER_SIZE });
		} catch (error) {
			if (!(error instanceof FormatError)) throw error;
			this.findings.push(baseHeaderFinding(path, error, snapshots));
			return;
		}
		this.#map = this.#mapOfBase(this.#header.pageSize);
		const { checkBase, checksums, pending } = this.options;
		if (pending === 0) yield* this.#checkImage(this.#map, snapshots);
		if (!this.sound || !checkBase || !checksums || !sidecar) return;
		const match = yield* ofFile(0, matchSidecar(checksums, sizeBytes, sidecar, readNothing()));
		this.#take(sidecarFinding(path, sidecar, match, snapshots));
	}

	/**
	 * Reads the next WAL to its end, unless what is known of it will do. `snapshots`: those whose chain holds it. Answers
	 * what may be known from now on, where nothing is wrong with it.
	 */
	*addWal(wal: ScannedFile, snapshots: readonly string[]): ChainReading<KnownLog | undefined> {
		const map = this.#map;
		if (!map) return this.skipWal(wal);
		const { path, sizeBytes, sidecar, known } = wal;
		const { checksums } = this.options;
		const file = this.wals.length + 1;
		if (known?.scan.header?.pageSize === map.pageSize && (!checksums || !sidecar || known.crc32c === sidecar.crc32c)) {
			yield* this.#apply(path, known.scan, snapshots);
			return known;
		}
		const reading = scanWal(sizeBytes, map.pageSize);
		const match = checksums && sidecar ? matchSidecar(checksums, sizeBytes, sidecar, reading) : undefined;
		const matched = match && (yield* ofFile(file, match));
		const scan = matched?.result ?? (yield* ofFile(file, reading));
		const finding = isDamage(scan.end)
			? walFinding(path, scan.end, snapshots)
			: matched && sidecar && sidecarFinding(path, sidecar, matched, snapshots);
		yield* this.#apply(path, scan, snapshots, finding);
		return finding || !scan.header ? undefined : { scan, crc32c: matched?.crc32c };
	}

	*#apply(path: string, scan: WalScan, snapshots: readonly string[], finding?: Finding): ChainReading<void> {
		const map = this.#map!;
		const { compacted, pending } = this.options;
		const applied = this.sound && !(finding && isLoss(finding) && compacted);
		const { header, frames, end } = scan;
		const { pageNumbers, pageCount } = applied ? scan : NO_FRAMES;
		map.apply({ pageNumbers, pageCount });
		this.#applied.push({ pageNumbers, pageCount });
		this.#lastApplied = pageNumbers;
		this.wals.push({ path, frames, framesApplied: applied ? scan.framesApplied : 0, end });
		const empty = scan.framesApplied === 0 && !isDamage(end);
		this.logs.push({ path, header: empty ? undefined : header, empty });
		this.#take(finding);
		if (!this.sound || this.wals.length < pending) return;
		yield* this.#checkImage(map, snapshots);
		if (!this.sound) this.#takeBack();
	}

	/** Takes back the log that was applied last: its commits count on pages that are in no file. */
	#takeBack(): void {
		this.#applied.splice(-1, 1, NO_FRAMES);
		const map = this.#mapOfBase(this.#map!.pageSize);
		for (const frames of this.#applied) map.apply(frames);
		this.#map = map;
		this.#lastApplied = NO_PAGES;
		this.wals.push({ ...this.wals.pop()!, framesApplied: 0 });
		this.#nothingSound = this.wals.length <= this.options.pending;
	}

	#mapOfBase(pageSize: number): PageMap {
		return new PageMap(pageSize, Math.floor(this.base.sizeBytes / pageSize));
	}

	/** Leaves the next WAL unread. */
	skipWal({ path }: ScannedFile): undefined {
		this.#map?.apply(NO_FRAMES);
		this.wals.push({ path, frames: 0, framesApplied: 0, end: undefined });
		this.logs.push({ path, header: undefined, empty: false });
	}

	#take(finding: Finding | undefined): void {
		if (finding) (isLoss(finding) ? this.findings : this.notes).push(finding);
	}

	*#checkImage(map: PageMap, snapshots: readonly string[]): ChainReading<void> {
		const context = { base: this.base.path, header: this.#header!, lastLog: this.wals.at(-1)?.path, snapshots };
		this.#take(yield* ofImage(map, imageFinding(map, context)));
	}
}

function isLoss({ snapshots }: Finding): boolean {
	return snapshots.length > 0;
}

/** Of a database that has no page yet, as SQLite would make it. */
const DEFAULT_PAGE_SIZE = 4096;

const NO_PAGES = new Uint32Array(0);
const NO_FRAMES = { pageNumbers: NO_PAGES, pageCount: 0 };

/** A reading of one file of the chain. */
function* ofFile<T>(file: number, reading: Reading<T>): ChainReading<T> {
	let step = reading.next();
	while (!step.done) step = reading.next(yield { file, ...step.value });
	return step.value;
}

/** A reading of the image, each request within one page, by those of the files where the pages lie. */
function* ofImage<T>(map: PageMap, reading: Reading<T>): ChainReading<T> {
	const { pageSize } = map;
	let step = reading.next();
	while (!step.done) {
		const { offset, length } = step.value;
		const site = map.locate(Math.floor(offset / pageSize) + 1);
		const bytes = site
			? yield { file: site.file, offset: site.offset + (offset % pageSize), length }
			: new Uint8Array(length);
		step = reading.next(bytes);
	}
	return step.value;
}
