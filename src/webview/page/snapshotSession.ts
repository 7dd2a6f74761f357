import type { Finding } from "../../core/verify/finding";
import type { Opened } from "../../protocol/engine";
import type { EngineHomeName, HostFunctions, SnapshotDescription } from "../../protocol/page";
import { RemoteError } from "../../protocol/rpc";
import type { EngineHome } from "../engine/engineHome";
import { EngineSession, type StartEngine } from "../engine/engineSession";
import { hasMoved, PAUSES_MS, readSnapshot } from "../engine/readSnapshot";
import { SpaceMeasuring } from "../space/spaceMeasuring";
import { ASK_ABOVE_BYTES, type Phase } from "./phase";

type Files = SnapshotDescription["files"];

/** What the page was told when it read the files that it stands on. */
export type Loaded = Pick<SnapshotDescription, "files" | "upTo" | "engine">;

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
	/** What takes the space in the open database. */
	space: SpaceMeasuring | undefined;
	#engines: StartEngine | undefined;
	/** Whether the user has asked for what is left of a snapshot that is not whole. */
	#allowPartial = false;
	#reading = new AbortController();
	#sessions: EngineSession[] = [];
	#descriptions = 0;

	constructor(
		private readonly host: HostFunctions,
		private readonly homes: Readonly<Record<EngineHomeName, EngineHome>>,
		private readonly changed: () => void,
		private readonly pause: Pause = pauseByClock,
	) {}

	/** Rows of the tables counted so far, by name. */
	get rowCounts(): ReadonlyMap<string, number> {
		return this.space?.rowCounts ?? new Map();
	}

	/** Describes the snapshot, reads its files and opens them, asking first when they are large. */
	async start(): Promise<void> {
		this.close();
		this.loaded = undefined;
		this.#engines = undefined;
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

	/** Ends the reading of the files, or their opening, in the middle of whatever that does. */
	stopReading(): void {
		this.#reading.abort();
	}

	/** Opens what is left of a snapshot that is not whole: up to the last sound commit, or to the first missing file. */
	async openPartial(): Promise<void> {
		this.#allowPartial = true;
		const { description } = this;
		await this.#guarded(async () => {
			if (this.#engines !== undefined) await this.#open(this.#engines);
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
		this.space = undefined;
	}

	async #describe(): Promise<SnapshotDescription> {
		const turn = ++this.#descriptions;
		const description = await this.host.describe();
		if (turn === this.#descriptions) this.description = description;
		return description;
	}

	async #loadUnlessLarge(description: SnapshotDescription): Promise<void> {
		const totalBytes = sizeOf(description.files);
		const isRead = homeOf(description) === "webview" && this.#isReadable(description);
		if (isRead && totalBytes > ASK_ABOVE_BYTES) this.#enter({ name: "large", totalBytes });
		else await this.#load(description);
	}

	/** `reopened`: how often before this an engine found, as it opened the files, that they had changed. */
	async #load(described: SnapshotDescription, reopened = 0): Promise<void> {
		if (!this.#isReadable(described)) return this.#enterUnreadable(described);
		this.#reading.abort();
		const reading = new AbortController();
		this.#reading = reading;
		try {
			const { description, engines } = await readSnapshot(described, {
				home: (description) => this.homes[homeOf(description)],
				describe: () => this.#describe(),
				latest: () => this.description,
				progress: (readBytes, description, attempt) => this.#enterReading(readBytes, description, attempt),
				pause: this.pause,
				cancel: reading.signal,
			});
			if (engines === undefined || !this.#isReadable(description)) return this.#enterUnreadable(description);
			this.loaded = description;
			this.#engines = engines;
			await this.#open(engines);
		} catch (error) {
			if (reading.signal.aborted) {
				if (this.#reading === reading) this.#enter({ name: "stopped" });
				return;
			}
			const pauseMs = hasMoved(error) ? PAUSES_MS[reopened] : undefined;
			if (pauseMs === undefined) throw error;
			await this.pause(pauseMs);
			if (!reading.signal.aborted) await this.#load(await this.#describe(), reopened + 1);
		}
	}

	#enterReading(readBytes: number, description: SnapshotDescription, attempt: number): void {
		if (homeOf(description) === "host") this.#enter({ name: "opening" });
		else this.#enter({ name: "reading", readBytes, totalBytes: sizeOf(description.files), attempt });
	}

	/** Whether there are files to read, of the snapshot itself or as much as the user has asked for. */
	#isReadable({ files, upTo, id }: SnapshotDescription): boolean {
		return files.length > 0 && (upTo === id || this.#allowPartial);
	}

	#enterUnreadable({ present }: SnapshotDescription): void {
		this.#enter({ name: present ? "incomplete" : "gone" });
	}

	async #open(engines: StartEngine): Promise<void> {
		this.#enter({ name: "opening" });
		const engine = this.#session(engines);
		const opened = await this.#openedUnlessStopped(engine);
		if (opened === undefined) return;
		const { report } = opened;
		this.#tell(report.findings);
		if (opened.state === "damaged") {
			engine.close();
			this.#enter({ name: "damaged", report, canOpen: opened.canOpen });
			return;
		}
		const objects = await engine.ask((functions) => functions.schema());
		this.space = new SpaceMeasuring(report, objects, () => this.#session(engines), this.changed);
		this.#enter({ name: "open", report, engine, objects });
		await this.space.startUnlessLarge();
	}

	async #openedUnlessStopped(engine: EngineSession): Promise<Opened | undefined> {
		const { signal } = this.#reading;
		const stop = () => engine.close();
		signal.addEventListener("abort", stop, { once: true });
		try {
			return await engine.opened;
		} catch (error) {
			if (!signal.aborted) throw error;
			if (this.#reading.signal === signal) this.#enter({ name: "stopped" });
			return undefined;
		} finally {
			signal.removeEventListener("abort", stop);
		}
	}

	/** What opening the files has shown, for the rest of the window. */
	#tell(findings: readonly Finding[]): void {
		if (findings.length === 0) return;
		this.host.reportFindings(findings).catch(() => {}); // The page shows them, whoever else does.
	}

	#session(engines: StartEngine): EngineSession {
		const session = new EngineSession(engines, { allowDamaged: this.#allowPartial });
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

function homeOf({ engine }: SnapshotDescription): EngineHomeName {
	return engine?.home ?? "webview";
}
