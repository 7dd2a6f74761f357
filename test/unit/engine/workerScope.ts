import { once } from "node:events";
import { vi } from "vitest";

/** What the global scope of a web worker has for the engine, in its place. */
export class WorkerScope extends EventTarget {
	/** Messages to the page. */
	readonly posted: unknown[] = [];

	static install(): WorkerScope {
		const scope = new WorkerScope();
		vi.stubGlobal("self", scope);
		return scope;
	}

	/** A message from the page. */
	send(data: unknown): void {
		this.dispatchEvent(new MessageEvent("message", { data }));
	}

	postMessage(message: unknown): void {
		this.posted.push(message);
		this.dispatchEvent(new Event("posted"));
	}

	/** Settles when the page has had so many messages. */
	async answered(count: number): Promise<void> {
		while (this.posted.length < count) await once(this, "posted");
	}
}
