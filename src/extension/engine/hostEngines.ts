import { type Hold, holdChain, type ListedChain } from "../../node/heldChain";
import { engineChannel } from "../../protocol/page";
import type { Channel } from "../../protocol/rpc";
import { subChannel } from "../../protocol/subChannel";
import type { Owned } from "../owner";
import { type EngineProgram, HostEngine } from "./hostEngine";

/**
 * The engines of one page, over files that are held open here: an engine that is ended in the middle of a query is
 * followed by another over the same files, even when they have been deleted meanwhile.
 */
export class HostEngines implements Owned {
	/** By the page's number; those that are to end besides, until they have. */
	readonly #engines = new Set<{ readonly number: number; readonly engine: HostEngine }>();
	#hold: Hold | undefined;
	#disposed = false;

	/**
	 * @param channel To the page, which talks with each engine over a channel of its own in it.
	 * @param failed Told of an engine that ended by itself.
	 */
	constructor(
		private readonly program: EngineProgram,
		private readonly channel: Channel,
		private readonly failed: (number: number) => void,
	) {}

	/** Opens the files of a chain and holds them, in place of those before, whose engines end. Throws `FileError`. */
	hold(directory: string, chain: ListedChain): void {
		if (this.#disposed) throw new Error("The panel is closed.");
		void this.#drop();
		this.#hold = holdChain(directory, chain);
	}

	/** Starts an engine over the held files. */
	start(number: number): void {
		if (this.#hold === undefined) throw new Error("No files are held.");
		if (this.#find(number) !== undefined) throw new Error(`Engine ${number} is at work already.`);
		const page = subChannel(this.channel, engineChannel(number));
		const engine = new HostEngine(this.program, this.#hold.chain, page, () => this.failed(number));
		const entry = { number, engine };
		this.#engines.add(entry);
		void engine.exited.then(() => this.#engines.delete(entry));
	}

	/** Ends an engine in the middle of whatever it does; answers when its thread is no more. */
	async end(number: number): Promise<void> {
		await this.#find(number)?.end();
	}

	/** Ends every engine, and closes the files after that. */
	async dispose(): Promise<void> {
		this.#disposed = true;
		await this.#drop();
	}

	#find(number: number): HostEngine | undefined {
		return [...this.#engines].find((entry) => entry.number === number && entry.engine.isWanted)?.engine;
	}

	async #drop(): Promise<void> {
		const hold = this.#hold;
		this.#hold = undefined;
		await Promise.all([...this.#engines].map(({ engine }) => engine.end()));
		hold?.release();
	}
}
