import { Worker } from "node:worker_threads";
import { FileError } from "../../core/files";
import type { Verification } from "../../core/verify/verification";
import type { WorkerMessage, WorkerTask } from "./workerTask";

export interface Run {
	readonly cancel: AbortSignal;
	readonly progress: (readBytes: number, totalBytes: number) => void;
}

/**
 * Verifies a store in a thread of its own, which ends with the answer or when it is cancelled. Throws `FileError`, and
 * the signal's reason.
 *
 * @param script Path of the built worker.
 */
export async function verifyInWorker(
	script: string,
	task: WorkerTask,
	{ cancel, progress }: Run,
): Promise<Verification> {
	cancel.throwIfAborted();
	const worker = new Worker(script, { workerData: task });
	let stop = () => {};
	try {
		return await new Promise<Verification>((resolve, reject) => {
			stop = () => reject(cancel.reason);
			cancel.addEventListener("abort", stop);
			worker.on("error", reject);
			worker.on("exit", (code) => reject(new Error(`The verification ended without a result (${code}).`)));
			worker.on("message", (message: WorkerMessage) => {
				switch (message.kind) {
					case "progress":
						progress(message.readBytes, message.totalBytes);
						break;
					case "done":
						resolve(message.verification);
						break;
					case "file-error":
						reject(new FileError(message.code as FileError["code"], message.path, message.message));
						break;
					default:
						message satisfies never;
				}
			});
		});
	} finally {
		cancel.removeEventListener("abort", stop);
		await worker.terminate();
	}
}
