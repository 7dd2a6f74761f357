import { FileError } from "../../core/files";
import type { Verification } from "../../core/verify/verification";
import { inThread } from "../inThread";
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
export function verifyInWorker(script: string, task: WorkerTask, { cancel, progress }: Run): Promise<Verification> {
	return inThread<WorkerMessage, Verification>(script, task, cancel, (message, { done, failed }) => {
		switch (message.kind) {
			case "progress":
				progress(message.readBytes, message.totalBytes);
				break;
			case "done":
				done(message.verification);
				break;
			case "file-error":
				failed(new FileError(message.code as FileError["code"], message.path, message.message));
				break;
			default:
				message satisfies never;
		}
	});
}
