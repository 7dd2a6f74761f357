import { checksumsFor } from "../checksum/sidecar";
import { type ByteSource, type Cancellation, FileError, type OpenSource } from "../files";
import { FormatError } from "../formatError";
import { readNow } from "../reading";
import { type ChainReading, ChainScan } from "../snapshot/chainScan";
import { note } from "../snapshot/entryFindings";
import type { Generation, Snapshot, StoreFile } from "../snapshot/model";
import { unpack } from "../snapshot/unpack";
import { DatabaseCheck } from "../sqlite/btree/databaseCheck";
import { type NamedSource, PageImage } from "../sqlite/image/pageImage";
import { DatabaseFindings, type PageSite, type StateFault } from "./databaseFindings";
import { baseHeaderFinding } from "./fileFindings";
import type { Finding } from "./finding";
import { type ChainLog, successionFindings } from "./successionFindings";

/** Opens a file of the store that was listed. Throws `FileError`. */
export type OpenFile = (file: StoreFile) => Promise<OpenSource>;

export interface GenerationContext {
	readonly open: OpenFile;
	/** Whether the database of each state is checked. */
	readonly checkDatabase: boolean;
	/** SQLite's own checks of a state, where they are wanted. */
	readonly checkSql?: ((image: PageImage) => readonly StateFault[]) | undefined;
	/** Told the bytes that were read since the last time. */
	readonly progress: (bytes: number) => void;
	readonly cancel?: Cancellation | undefined;
}

/** What came of reading a generation's files. */
export interface VerifiedGeneration {
	/** What listing it found is not repeated. */
	readonly findings: readonly Finding[];
	/** Its logs, in the order in which they apply. */
	readonly logs: readonly ChainLog[];
}

/** Reads all of a generation's files. Throws `FileError` when one changed. */
export async function verifyGeneration(
	generation: Generation,
	context: GenerationContext,
): Promise<VerifiedGeneration> {
	const verifying = new GenerationVerification(generation, context);
	try {
		return { findings: await verifying.run(), logs: verifying.logs };
	} finally {
		verifying.close();
	}
}

class GenerationVerification {
	readonly #open: OpenSource[] = [];
	readonly #sources: NamedSource[] = [];
	readonly logs: ChainLog[] = [];
	readonly #findings: Finding[] = [];
	readonly #database = new DatabaseFindings();
	readonly #check = new DatabaseCheck();
	readonly #ids: readonly string[];
	/** Findings of the listing that make a snapshot unrestorable. */
	readonly #listed: readonly Finding[];
	/** Pages that may differ from the state checked last; `undefined` before the first one. */
	#changed: number[] | undefined;

	constructor(
		private readonly generation: Generation,
		private readonly context: GenerationContext,
	) {
		const { findings, snapshots } = generation;
		this.#ids = snapshots.map(({ id }) => id);
		const listed = [...findings, ...snapshots.flatMap((snapshot) => snapshot.findings)];
		this.#listed = listed.filter((finding) => finding.snapshots.length > 0);
	}

	close(): void {
		for (const source of this.#open) source.close();
	}

	async run(): Promise<readonly Finding[]> {
		const { base, pending, compacted, snapshots } = this.generation;
		if (!base) return [];
		const checksums = await checksumsFor([base, ...pending, ...snapshots.flatMap(({ wals }) => wals)]);
		const left = new Set(pending.map(({ path }) => path));
		const opened = await this.#openFile(base, this.#ids);
		if (!opened) return this.#findings;
		const file = { ...base, sizeBytes: opened.sizeBytes };
		const scan = new ChainScan(file, { pending: pending.length, compacted, checksums, checkBase: true });
		this.#run(scan.readBase(this.#ids));
		for (const file of pending) await this.#addWal(scan, file, this.#ids);
		for (const [at, snapshot] of snapshots.entries()) {
			if (this.#isBrokenAt(snapshot)) {
				scan.breakOff();
				// A missing log explains a gap.
				if (snapshot.wals.length === 0) {
					this.logs.push({ path: snapshot.path, header: undefined, empty: true, snapshots: [] });
				}
			}
			for (const file of snapshot.wals) if (!left.has(file.path)) await this.#addWal(scan, file, this.#ids.slice(at));
			if (scan.sound && !this.#isListedBroken(snapshot)) this.#checkState(scan, snapshot);
		}
		return [
			...this.#findings,
			...scan.findings,
			...scan.notes,
			// A layout that keeps a snapshot without changes as an empty log leaves no gap for it.
			...successionFindings(this.logs, compacted ? "info" : "warning"),
			...this.#database.findings,
		];
	}

	async #addWal(scan: ChainScan, file: StoreFile, snapshots: readonly string[]): Promise<void> {
		this.context.cancel?.throwIfAborted();
		const opened = await this.#openFile(file, snapshots);
		if (!opened) return scan.breakOff();
		this.#run(scan.addWal(file, snapshots));
		this.logs.push({ ...scan.logs.at(-1)!, snapshots });
		if (this.#changed) for (const page of scan.lastApplied) this.#changed.push(page);
	}

	/** Opens the chain's next file; `undefined` where it cannot be read, which is a finding then. */
	async #openFile(file: StoreFile, snapshots: readonly string[]): Promise<ByteSource | undefined> {
		try {
			const opened = await this.context.open(file);
			this.#open.push(opened);
			const source = await unpack(file, opened, this.context.cancel);
			this.#sources.push({ path: file.path, source });
			return source;
		} catch (error) {
			if (error instanceof FormatError) {
				this.#findings.push(baseHeaderFinding(file.path, error, snapshots));
				return undefined;
			}
			if (!(error instanceof FileError) || error.code === "changed" || error.code === "not-found") throw error;
			const advice = "Check the permissions of the file, and whether its disk can be read.";
			this.#findings.push(note("unreadable-file", "error", file.path, error.message, advice, snapshots));
			return undefined;
		}
	}

	#run(reading: ChainReading<unknown>): void {
		const { cancel, progress } = this.context;
		const sourceOf = ({ file, length }: { readonly file: number; readonly length: number }) => {
			progress(length);
			return this.#sources[file]!.source;
		};
		readNow(reading, sourceOf, cancel);
	}

	/** Whether listing found that a snapshot's state is missing, and with it that of all after it. */
	#isBrokenAt({ id }: Snapshot): boolean {
		const last = this.#ids.at(-1)!;
		return this.#listed.some(({ snapshots }) => snapshots.includes(id) && snapshots.includes(last));
	}

	#isListedBroken({ id }: Snapshot): boolean {
		return this.#listed.some(({ snapshots }) => snapshots.includes(id));
	}

	#checkState(scan: ChainScan, { id }: Snapshot): void {
		const { map } = scan;
		const [base, ...logs] = this.#sources;
		// A database without a page has nothing that could be wrong.
		if (!map || map.pageCount === 0 || !base || !this.context.checkDatabase) return;
		const image = new PageImage(map, base, logs);
		const { checkSql, cancel, progress } = this.context;
		let checkedPages = 0;
		const { faults } = this.#check.check(image, {
			changed: this.#changed,
			cancel,
			progress: (pages) => {
				progress((pages - checkedPages) * map.pageSize);
				checkedPages = pages;
			},
		});
		this.#changed = [];
		const siteOf = (page: number): PageSite | undefined => {
			if (page < 1 || page > map.pageCount) return undefined;
			const site = map.locate(page);
			if (!site) return undefined;
			const { file, offset, frame } = site;
			return { path: this.#sources[file]!.path, offset, ...(frame !== undefined && { frame: frame + 1 }) };
		};
		const damage = faults.map((fault): StateFault => ({ code: "database-damaged", ...fault }));
		const sqlDamage = (checkSql?.(image) ?? []).map((fault): StateFault => {
			const object = fault.page === undefined ? undefined : this.#check.objectOf(fault.page);
			return object && !fault.object ? { ...fault, object } : fault;
		});
		this.#database.add([...damage, ...sqlDamage], {
			snapshot: id,
			path: this.#sources.at(-1)!.path,
			siteOf,
		});
	}
}
