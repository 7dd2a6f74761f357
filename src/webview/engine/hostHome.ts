import type { EngineOver } from "../../protocol/engine";
import { engineChannel, type HostEngineFunctions } from "../../protocol/page";
import { type Channel, connect } from "../../protocol/rpc";
import { subChannel } from "../../protocol/subChannel";
import type { EngineHome } from "./engineHome";
import type { Engine, StartEngine } from "./engineSession";

/** Beside the extension, over its open files; rows alone cross to the page. */
export class HostHome implements EngineHome {
	readonly #failed = new Map<number, () => void>();
	#lastEngine = 0;

	/** `channel`: the one that leads to `host`. */
	constructor(
		private readonly host: HostEngineFunctions,
		private readonly channel: Channel,
	) {}

	async load(): Promise<StartEngine> {
		await this.host.holdFiles();
		return (failed) => this.#start(failed);
	}

	/** To be told when an engine ends by itself. */
	ended(engine: number): void {
		this.#failed.get(engine)?.();
	}

	async #start(failed: () => void): Promise<Engine> {
		const engine = ++this.#lastEngine;
		await this.host.startEngine(engine);
		const { remote, close } = connect<EngineOver<null>, object>({}, subChannel(this.channel, engineChannel(engine)));
		const leave = () => {
			this.#failed.delete(engine);
			close();
		};
		this.#failed.set(engine, () => {
			leave();
			failed();
		});
		const end = () => {
			leave();
			this.host.endEngine(engine).catch(() => {}); // The panel is closed, and the engine with it.
		};
		return { open: (options) => remote.open(null, options), functions: remote, end };
	}
}
