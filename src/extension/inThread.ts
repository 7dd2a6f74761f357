import { Worker } from "node:worker_threads";

/** How work in a thread ends. */
export interface Ending<Result> {
	done(result: Result): void;
	failed(error: unknown): void;
}

/**
 * Runs a built program in a thread of its own, which ends with the work or when that is cancelled; when the promise
 * settles the thread is no more. Throws what the program throws, and the signal's reason.
 *
 * @param task What the program is started with; it crosses as a structured clone.
 * @param receive Takes each message, of which one ends the work.
 */
export async function inThread<Message, Result>(
	script: string,
	task: object,
	cancel: AbortSignal,
	receive: (message: Message, ending: Ending<Result>) => void,
): Promise<Result> {
	cancel.throwIfAborted();
	const worker = new Worker(script, { workerData: task });
	let stop = () => {};
	try {
		return await new Promise<Result>((done, failed) => {
			stop = () => failed(cancel.reason);
			cancel.addEventListener("abort", stop);
			worker.on("error", failed);
			worker.on("exit", (code) => failed(new Error(`The thread ended without a result (${code}).`)));
			worker.on("message", (message: Message) => receive(message, { done, failed }));
		});
	} finally {
		cancel.removeEventListener("abort", stop);
		await worker.terminate();
	}
}
