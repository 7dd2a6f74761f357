import { Worker } from "node:worker_threads";
import type { HeldChain } from "../../node/heldChain";
import type { Channel } from "../../protocol/rpc";
import type { EngineTask } from "./engineThread";

/** Paths of what an engine's thread is made of. */
export interface EngineProgram {
	readonly script: string;
	/** SQLite's WebAssembly. */
	readonly wasm: string;
	/** See `EngineTask`. */
	readonly logIndex?: string | undefined;
}

/** One engine in a thread of its own. Whoever starts it ends it. */
export class HostEngine {
	/** Settled when the thread is no more. */
	readonly exited: Promise<void>;
	readonly #worker: Worker;
	readonly #stopListening: () => void;
	#isWanted = true;

	/**
	 * Starts it over files that must be held until it has exited.
	 *
	 * @param page Whom it serves.
	 * @param failed Told when it ends by itself.
	 */
	constructor({ script, wasm, logIndex }: EngineProgram, chain: HeldChain, page: Channel, failed: () => void) {
		const task: EngineTask = { chain, wasm, logIndex };
		const worker = new Worker(script, { workerData: task, name: "snapshot engine" });
		this.#worker = worker;
		this.#stopListening = page.listen((message) => worker.postMessage(message));
		worker.on("message", (message) => {
			if (this.#isWanted) page.post(message);
		});
		worker.on("error", () => {}); // It exits after that.
		this.exited = new Promise((resolve) => {
			worker.on("exit", () => {
				resolve();
				if (!this.#isWanted) return;
				this.#leave();
				failed();
			});
		});
	}

	get isWanted(): boolean {
		return this.#isWanted;
	}

	/** Ends it in the middle of whatever it does; answers when the thread is no more. */
	end(): Promise<void> {
		this.#leave();
		void this.#worker.terminate();
		return this.exited;
	}

	#leave(): void {
		this.#isWanted = false;
		this.#stopListening();
	}
}
