import type { EngineFunctions, Opened, OpenOptions } from "../../protocol/engine";

/** A running engine. */
export interface Engine {
	/** Opens the chain that it was started for. Must come first. */
	open(options: OpenOptions): Promise<Opened>;
	readonly functions: EngineFunctions;
	/** Ends it in the middle of whatever it does; whoever waits for an answer is told so. */
	end(): void;
}

/** Starts an engine for one chain; `failed` is called when it ends by itself. */
export type StartEngine = (failed: () => void) => Promise<Engine>;

/** One engine from its start to its end, for telling it from others. */
export type EngineLife = object;

interface Life {
	readonly engine: Promise<Engine>;
	readonly opened: Promise<Opened>;
	pending: number;
}

/**
 * An engine with a chain open in it, for as long as it is wanted. SQLite cannot be interrupted from outside, so a
 * request is cancelled by ending the engine; the next one opens the same chain in another.
 */
export class EngineSession {
	readonly #start: StartEngine;
	readonly #options: OpenOptions;
	#life: Life | undefined;
	#closed = false;

	constructor(start: StartEngine, options: OpenOptions) {
		this.#start = start;
		this.#options = options;
	}

	/** What opening the chain answered. */
	get opened(): Promise<Opened> {
		return this.#living().opened;
	}

	/** The engine that answers now: a cursor is one of its own, and the next may use the same number. */
	get life(): EngineLife {
		return this.#living();
	}

	/**
	 * Sends a request once the chain is open. Requests are answered in the order in which they were made. `only`: by that
	 * engine; it fails when another has taken its place.
	 */
	async ask<Answer>(request: (engine: EngineFunctions) => Promise<Answer>, only?: EngineLife): Promise<Answer> {
		const life = this.#living();
		if (only !== undefined && only !== life) throw new Error("The result is closed.");
		life.pending++;
		try {
			await life.opened;
			return await request((await life.engine).functions);
		} finally {
			life.pending--;
		}
	}

	/** Ends the engine if it is at work, and with it every cursor; another is opened at once, ready for the next request. */
	interrupt(): void {
		if (this.#life === undefined || this.#life.pending === 0) return;
		this.#end();
		this.#living();
	}

	/** Ends the session: whoever still waits, and whoever asks later, is told so. */
	close(): void {
		this.#closed = true;
		this.#end();
	}

	#end(): void {
		const life = this.#life;
		this.#life = undefined;
		if (life !== undefined) end(life.engine);
	}

	#living(): Life {
		if (this.#closed) throw new Error("The session is closed.");
		this.#life ??= this.#begin();
		return this.#life;
	}

	#begin(): Life {
		const forget = () => {
			if (this.#life === life) this.#life = undefined;
		};
		const engine = this.#start(forget);
		const opened = engine.then(({ open }) => open(this.#options));
		const life: Life = { engine, opened, pending: 0 };
		// Whoever asks is told; an engine that nobody has asked yet must not end as an unhandled rejection.
		opened.catch(() => {
			forget();
			end(engine);
		});
		return life;
	}
}

function end(starting: Promise<Engine>): void {
	starting.then(
		(engine) => engine.end(),
		() => {}, // It never started: `opened` has told.
	);
}
