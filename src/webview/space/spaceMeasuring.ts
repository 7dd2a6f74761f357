import type { ChainReport, SchemaObject } from "../../protocol/engine";
import type { DatabaseFaults, DatabaseSpace } from "../../protocol/space";
import type { EngineSession } from "../engine/engineSession";
import { countTables } from "./countTables";

/** A database up to this size is measured unasked: that reads it whole. */
export const MEASURE_UNASKED_BYTES = 128 << 20;

export type SpaceState =
	/** So much would be read, and nobody has asked for it or somebody has stopped it. */
	| { readonly name: "unasked"; readonly sizeBytes: number }
	| { readonly name: "measuring"; readonly pages: number; readonly pageCount: number }
	| { readonly name: "measured"; readonly space: DatabaseSpace; readonly faults: DatabaseFaults }
	| { readonly name: "failed"; readonly message: string };

/**
 * Measures what takes the space in an open database and counts its rows by the way, in an engine of its own: nothing that
 * the user asks for should wait for it.
 */
export class SpaceMeasuring {
	state: SpaceState;
	/** Rows of the tables counted so far, by name. One that is damaged has no count. */
	readonly rowCounts = new Map<string, number>();
	readonly #sizeBytes: number;
	#session: EngineSession | undefined;

	constructor(
		{ pageSize, pageCount }: Pick<ChainReport, "pageSize" | "pageCount">,
		private readonly objects: readonly SchemaObject[],
		private readonly open: () => EngineSession,
		private readonly changed: () => void,
	) {
		this.#sizeBytes = pageSize * pageCount;
		this.state = { name: "unasked", sizeBytes: this.#sizeBytes };
	}

	async startUnlessLarge(): Promise<void> {
		if (this.#sizeBytes <= MEASURE_UNASKED_BYTES) await this.start();
	}

	async start(): Promise<void> {
		if (this.state.name === "measuring" || this.state.name === "measured") return;
		const session = this.open();
		this.#session = session;
		this.#enter({ name: "measuring", pages: 0, pageCount: 0 });
		try {
			await this.#measure(session);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			if (this.#session === session) this.#enter({ name: "failed", message });
		} finally {
			session.close();
		}
	}

	/** Ends it in the middle of whatever it does. */
	stop(): void {
		if (this.state.name !== "measuring") return;
		this.#session?.close();
		this.#session = undefined;
		this.#enter({ name: "unasked", sizeBytes: this.#sizeBytes });
	}

	async #measure(session: EngineSession): Promise<void> {
		for (;;) {
			const measuring = await session.ask((engine) => engine.measureSpace());
			if (this.#session !== session) return;
			if (!measuring.done) {
				this.#enter({ name: "measuring", ...measuring });
				continue;
			}
			const { space, faults } = measuring;
			if (space === undefined) {
				const [fault] = faults.faults;
				this.#enter({ name: "failed", message: fault ? `Page ${fault.page} ${fault.message}.` : "" });
				return;
			}
			this.#count(space);
			this.#enter({ name: "measured", space, faults });
			return this.#countOthers(session, space);
		}
	}

	#count({ objects }: DatabaseSpace): void {
		const tables = new Set(this.objects.filter(({ kind }) => kind === "table").map(({ name }) => name));
		for (const { object, entries, damaged } of objects) {
			if (object.type === "table" && tables.has(object.name) && !damaged) this.rowCounts.set(object.name, entries);
		}
	}

	/** Virtual tables have no pages of their own. Views are not counted: one may never end. */
	async #countOthers(session: EngineSession, { objects }: DatabaseSpace): Promise<void> {
		const measured = new Set(objects.map(({ object }) => object.name));
		const others = this.objects.filter(
			({ kind, name, unusable }) => kind === "table" && unusable === undefined && !measured.has(name),
		);
		await countTables(
			session,
			others.map(({ name }) => name),
			(name, rows) => {
				this.rowCounts.set(name, rows);
				this.changed();
			},
		);
	}

	#enter(state: SpaceState): void {
		this.state = state;
		this.changed();
	}
}
