import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Row } from "../../core/sqlValue";
import type { SchemaObject } from "../../protocol/engine";
import type { ExportRequest, ExportSummary } from "../../protocol/export";
import { type Connection, connect } from "../../protocol/rpc";
import type { ResultMode } from "../output/resultText";
import type { ThreadEngine, ThreadListener, ThreadTask } from "./databaseThread";

/** A database in a thread of its own, which is ended to cancel a statement, and followed by another. */
export class ThreadedDatabase {
	#thread: { readonly worker: Worker; readonly connection: Connection<ThreadEngine> } | undefined;

	/** `listener` takes the rows. */
	constructor(
		private readonly task: ThreadTask,
		private readonly listener: ThreadListener,
	) {}

	/** Opens it. Answers what is worth knowing of it. */
	async open(): Promise<readonly string[]> {
		return (await this.#start()).warnings;
	}

	async run(sql: string, parameters: Row, mode: ResultMode): Promise<void> {
		await (await this.#engine()).run(sql, parameters, mode);
	}

	async schema(): Promise<readonly SchemaObject[]> {
		return (await this.#engine()).schema();
	}

	/** `path`: see `ThreadEngine`. */
	async export(request: ExportRequest, path: string): Promise<ExportSummary> {
		return (await this.#engine()).export(request, path);
	}

	/** Ends what it does, which rejects then. It is opened again when it is asked the next time. */
	async cancel(): Promise<void> {
		const thread = this.#thread;
		this.#thread = undefined;
		thread?.connection.close();
		await thread?.worker.terminate();
	}

	close(): Promise<void> {
		return this.cancel();
	}

	async #engine(): Promise<ThreadEngine> {
		return this.#thread?.connection.remote ?? (await this.#start()).engine;
	}

	async #start(): Promise<{ readonly engine: ThreadEngine; readonly warnings: readonly string[] }> {
		const worker = new Worker(join(__dirname, "databaseThread.js"), { workerData: this.task, name: "snapshot engine" });
		const isWanted = () => this.#thread?.worker === worker;
		const listener: ThreadListener = {
			write: (text) => (isWanted() ? this.listener.write(text) : never()),
			exported: (progress) => isWanted() && this.listener.exported(progress),
		};
		const connection = connect<ThreadEngine, ThreadListener>(listener, {
			post: (message) => worker.postMessage(message),
			listen(receive) {
				worker.on("message", receive);
				return () => worker.off("message", receive);
			},
		});
		this.#thread = { worker, connection };
		worker.on("error", () => {}); // It exits after that.
		worker.on("exit", () => {
			connection.close();
			if (isWanted()) this.#thread = undefined;
		});
		const engine = connection.remote;
		try {
			return { engine, warnings: await engine.open() };
		} catch (error) {
			await this.cancel();
			throw error;
		}
	}
}

/** Nothing more is taken of a thread that is to end. */
function never(): Promise<void> {
	return new Promise(() => {});
}
