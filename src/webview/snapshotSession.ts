import type { Finding } from "../core/verify/finding";
import type { ChainBytes, SchemaObject } from "../protocol/engine";
import type { HostFunctions, SnapshotDescription } from "../protocol/page";
import { RemoteError } from "../protocol/rpc";
import { countTables } from "./countTables";
import { EngineSession, type StartEngine } from "./engineSession";
import { ASK_ABOVE_BYTES, type Phase } from "./phase";
import { readSnapshot } from "./readSnapshot";

type Files = SnapshotDescription["files"];

/** What the page was told when it read the files that it stands on. */
export type Loaded = Pick<SnapshotDescription, "files" | "upTo">;

/** Waits that many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

const pauseByClock: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The snapshot of this panel: described, read, opened, described again when the store changes. */
export class SnapshotSession {
	description: SnapshotDescription | undefined;
	phase: Phase = { name: "describing" };
	loaded: Loaded | undefined;
	/** The store's newest snapshot when this one was opened. */
	newestAtStart: string | undefined;
	/** Rows of the tables counted so far, by name. */
	readonly rowCounts = new Map<string, number>();
	#chain: ChainBytes | undefined;
	/** Whether the user has asked for what is left of a snapshot that is not whole. */
	#allowPartial = false;
	#reading = new AbortController();
	#sessions: EngineSession[] = [];
	#descriptions = 0;

	constructor(
		private readonly host: HostFunctions,
		private readonly startEngine: StartEngine,
		private readonly changed: () => void,
		private readonly pause: Pause = pauseByClock,
	) {}

	/** Describes the snapshot, reads its files and opens them, asking first when they are large. */
	async start(): Promise<void> {
		this.close();
		this.loaded = undefined;
		this.#chain = undefined;
		this.#allowPartial = false;
		this.#enter({ name: "describing" });
		await this.#guarded(async () => {
			const description = await this.#describe();
			this.newestAtStart = description.newest;
			await this.#loadUnlessLarge(description);
		});
	}

	/** Reads the files that were described, whatever their size. */
	async load(): Promise<void> {
		const { description } = this;
		if (description !== undefined) await this.#guarded(() => this.#load(description));
	}

	stopReading(): void {
		this.#reading.abort();
	}

	/** Opens what is left of a snapshot that is not whole: up to the last sound commit, or to the first missing file. */
	async openPartial(): Promise<void> {
		this.#allowPartial = true;
		const { description } = this;
		await this.#guarded(async () => {
			if (this.#chain !== undefined) await this.#open(this.#chain);
			else if (description !== undefined) await this.#loadUnlessLarge(description);
		});
	}

	/**
	 * The store changed on disk: looks what became of the snapshot, and leaves open what is open. Where nothing could be
	 * opened for want of files that are there now, opens it.
	 */
	async refresh(): Promise<void> {
		try {
			const { upTo, id } = await this.#describe();
			if (upTo === id && (this.phase.name === "incomplete" || this.phase.name === "gone")) await this.start();
		} catch {
			// The store is out of reach for now; what is open still stands on what was read.
		}
		this.changed();
	}

	/** Frees every engine. */
	close(): void {
		this.#reading.abort();
		this.#reading = new AbortController();
		for (const session of this.#sessions) session.close();
		this.#sessions = [];
		this.rowCounts.clear();
	}

	async #describe(): Promise<SnapshotDescription> {
		const turn = ++this.#descriptions;
		const description = await this.host.describe();
		if (turn === this.#descriptions) this.description = description;
		return description;
	}

	async #loadUnlessLarge(description: SnapshotDescription): Promise<void> {
		const totalBytes = sizeOf(description.files);
		if (this.#isReadable(description) && totalBytes > ASK_ABOVE_BYTES) this.#enter({ name: "large", totalBytes });
		else await this.#load(description);
	}

	async #load(described: SnapshotDescription): Promise<void> {
		if (!this.#isReadable(described)) return this.#enterUnreadable(described);
		this.#reading.abort();
		const reading = new AbortController();
		this.#reading = reading;
		try {
			const { description, chain } = await readSnapshot(described, {
				readFile: (...piece) => this.host.readFile(...piece),
				describe: () => this.#describe(),
				latest: () => this.description,
				progress: (readBytes, { files }, attempt) =>
					this.#enter({ name: "reading", readBytes, totalBytes: sizeOf(files), attempt }),
				pause: this.pause,
				cancel: reading.signal,
			});
			if (chain === undefined || !this.#isReadable(description)) return this.#enterUnreadable(description);
			this.loaded = description;
			this.#chain = chain;
			await this.#open(chain);
		} catch (error) {
			if (!reading.signal.aborted) throw error;
			if (this.#reading === reading) this.#enter({ name: "stopped" });
		}
	}

	/** Whether there are files to read, of the snapshot itself or as much as the user has asked for. */
	#isReadable({ files, upTo, id }: SnapshotDescription): boolean {
		return files.length > 0 && (upTo === id || this.#allowPartial);
	}

	#enterUnreadable({ present }: SnapshotDescription): void {
		this.#enter({ name: present ? "incomplete" : "gone" });
	}

	async #open(chain: ChainBytes): Promise<void> {
		this.#enter({ name: "opening" });
		const engine = this.#session(chain);
		const opened = await engine.opened;
		const { report } = opened;
		this.#tell(report.findings);
		if (opened.state === "damaged") {
			engine.close();
			this.#enter({ name: "damaged", report, canOpen: opened.canOpen });
			return;
		}
		const objects = await engine.ask((functions) => functions.schema());
		this.#enter({ name: "open", report, engine, objects });
		await this.#count(this.#session(chain), objects);
	}

	/** What opening the files has shown, for the rest of the window. */
	#tell(findings: readonly Finding[]): void {
		if (findings.length === 0) return;
		this.host.reportFindings(findings).catch(() => {}); // The page shows them, whoever else does.
	}

	/** Views are not counted: one may never end. */
	async #count(engine: EngineSession, objects: readonly SchemaObject[]): Promise<void> {
		const tables = objects.filter(({ kind, unusable }) => kind === "table" && unusable === undefined);
		await countTables(
			engine,
			tables.map(({ name }) => name),
			(name, rows) => {
				this.rowCounts.set(name, rows);
				this.changed();
			},
		);
		engine.close();
	}

	#session(chain: ChainBytes): EngineSession {
		const session = new EngineSession(this.startEngine, chain, { allowDamaged: this.#allowPartial });
		this.#sessions.push(session);
		return session;
	}

	#enter(phase: Phase): void {
		this.phase = phase;
		this.changed();
	}

	async #guarded(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (error instanceof RemoteError && error.code === "gone") this.#enter({ name: "gone" });
			else this.#enter({ name: "failed", message: error instanceof Error ? error.message : String(error) });
		}
	}
}

function sizeOf(files: Files): number {
	return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
