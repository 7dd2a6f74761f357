import type { HostEngineFunctions, SnapshotDescription } from "../../protocol/page";
import type { Channel } from "../../protocol/rpc";
import type { Owned } from "../owner";
import { chooseHome, type EngineSettings } from "./chooseHome";
import type { EngineProgram } from "./hostEngine";
import { HostEngines } from "./hostEngines";

/** Where the files of a chain lie, for Node. */
export interface HeldPlace {
	/** Path of the directory that their paths are relative to. */
	readonly directory: string;
	/** See `ListedChain`. */
	readonly logHeader?: Uint8Array | undefined;
}

/** What engines for the page of one snapshot need to know. */
export interface EnginePlace {
	/** Whether Node has a path to the files. */
	readonly hasPath: boolean;
	/** Where the files that were described last lie; asked when they are about to be held. */
	readonly hold: () => HeldPlace;
	readonly program: EngineProgram;
	readonly settings: () => EngineSettings;
}

/** What a page is served of engines: where its own is to run, and here it runs if that is beside the extension. */
export class ServedEngines implements Owned {
	readonly functions: HostEngineFunctions;
	readonly #place: EnginePlace;
	readonly #engines: HostEngines;
	#described: SnapshotDescription | undefined;

	/** `channel` leads to the page; `failed` is told of an engine that ended by itself. */
	constructor(place: EnginePlace, channel: Channel, failed: (engine: number) => void) {
		this.#place = place;
		this.#engines = new HostEngines(place.program, channel, failed);
		this.functions = {
			holdFiles: async () => this.#hold(),
			startEngine: async (engine) => this.#engines.start(engine),
			endEngine: (engine) => this.#engines.end(engine),
		};
	}

	/** A description on its way to the page, with the home of its engine. */
	describe(description: SnapshotDescription): SnapshotDescription {
		const { hasPath, settings } = this.#place;
		this.#described = { ...description, engine: chooseHome(description, settings(), hasPath) };
		return this.#described;
	}

	dispose(): Promise<void> {
		return this.#engines.dispose();
	}

	#hold(): void {
		const { id, engine, files, pending, compacted } = this.#described ?? {};
		if (id === undefined || files === undefined || engine?.home !== "host") {
			throw new Error("The page asked for an engine that it was not offered.");
		}
		const { directory, logHeader } = this.#place.hold();
		this.#engines.hold(directory, { snapshot: id, files, pending: pending ?? 0, compacted, logHeader });
	}
}
