import type { ChainBytes, ChainReport, SchemaObject } from "../protocol/engine";
import type { HostFunctions, SnapshotDescription } from "../protocol/page";
import { countTables } from "./countTables";
import { EngineSession, type StartEngine } from "./engineSession";
import { t } from "./l10n";
import { loadChain } from "./loadChain";
import { sameFiles } from "./sameFiles";

/** How far the snapshot has come from its files to an open database. */
export type Phase =
	| { readonly name: "describing" }
	/** A file of the chain is missing: there is nothing to open. */
	| { readonly name: "incomplete" }
	/** So much to read that the user is asked first. */
	| { readonly name: "large"; readonly totalBytes: number }
	| { readonly name: "reading"; readonly readBytes: number; readonly totalBytes: number }
	/** The user stopped the reading. */
	| { readonly name: "stopped" }
	| { readonly name: "opening" }
	/** The chain is damaged, and nothing is open. `canOpen`: up to the last sound commit it could be. */
	| { readonly name: "damaged"; readonly report: ChainReport; readonly canOpen: boolean }
	| {
			readonly name: "open";
			readonly report: ChainReport;
			readonly engine: EngineSession;
			readonly objects: readonly SchemaObject[];
	  }
	| { readonly name: "failed"; readonly message: string };

/** Reading more than this asks first: bytes reach the page at 8 to 14 MB/s where VS Code runs in a browser. */
export const ASK_ABOVE_BYTES = 256 << 20;

type Files = SnapshotDescription["files"];

/** The snapshot of this panel: described, read, opened, described again when the store changes. */
export class SnapshotSession {
	description: SnapshotDescription | undefined;
	phase: Phase = { name: "describing" };
	/** The files that were read, as they were described then. */
	loadedFiles: Files | undefined;
	/** Rows of the tables counted so far, by name. */
	readonly rowCounts = new Map<string, number>();
	#chain: ChainBytes | undefined;
	#reading = new AbortController();
	#sessions: EngineSession[] = [];
	#descriptions = 0;

	constructor(
		private readonly host: HostFunctions,
		private readonly startEngine: StartEngine,
		private readonly changed: () => void,
	) {}

	/** Describes the snapshot, reads its files and opens them, asking first when they are large. */
	async start(): Promise<void> {
		this.close();
		this.loadedFiles = undefined;
		this.#enter({ name: "describing" });
		await this.#guarded(async () => {
			const description = await this.#describe();
			const totalBytes = sizeOf(description.files);
			if (description.files.length === 0) this.#enter({ name: "incomplete" });
			else if (totalBytes > ASK_ABOVE_BYTES) this.#enter({ name: "large", totalBytes });
			else await this.#load(description);
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

	/** Opens a damaged chain up to the last sound commit. */
	async openDamaged(): Promise<void> {
		await this.#guarded(() => this.#open(true));
	}

	/** The store changed on disk: looks what became of the snapshot, and leaves open what is open. */
	async refresh(): Promise<void> {
		try {
			await this.#describe();
		} catch {
			// The store is out of reach for now; what is open still stands on what was read.
		}
		this.changed();
	}

	/** Frees every engine. */
	close(): void {
		this.#reading.abort();
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

	async #load(description: SnapshotDescription): Promise<void> {
		const totalBytes = sizeOf(description.files);
		const reading = new AbortController();
		this.#reading = reading;
		this.#enter({ name: "reading", readBytes: 0, totalBytes });
		const progress = (readBytes: number) => this.#enter({ name: "reading", readBytes, totalBytes });
		try {
			this.#chain = await loadChain(description, (...piece) => this.host.readFile(...piece), progress, reading.signal);
		} catch (error) {
			if (!reading.signal.aborted) throw error;
			if (this.#reading === reading) this.#enter({ name: "stopped" });
			return;
		}
		// Pieces that were read after the store was described anew may be of other files.
		if (!sameFiles(description.files, this.description?.files ?? [])) {
			throw new Error(t("Its files changed on disk while they were read."));
		}
		this.loadedFiles = description.files;
		await this.#open(false);
	}

	async #open(allowDamaged: boolean): Promise<void> {
		if (this.#chain === undefined) return;
		this.#enter({ name: "opening" });
		const engine = this.#session(this.#chain, allowDamaged);
		const opened = await engine.opened;
		const { report } = opened;
		if (opened.state === "damaged") {
			engine.close();
			this.#enter({ name: "damaged", report, canOpen: opened.canOpen });
			return;
		}
		const objects = await engine.ask((functions) => functions.schema());
		this.#enter({ name: "open", report, engine, objects });
		await this.#count(this.#session(this.#chain, allowDamaged), objects);
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

	#session(chain: ChainBytes, allowDamaged: boolean): EngineSession {
		const session = new EngineSession(this.startEngine, chain, { allowDamaged });
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
			this.#enter({ name: "failed", message: error instanceof Error ? error.message : String(error) });
		}
	}
}

function sizeOf(files: Files): number {
	return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
