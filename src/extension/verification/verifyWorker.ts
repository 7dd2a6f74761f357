// Verifies a store beside the extension host, which stays free for everything else. Built on its own.

import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { FileError } from "../../core/files";
import { optionsOf } from "../../engine/depth";
import { verifyDirectory } from "../../node/verifyDirectory";
import type { WorkerMessage, WorkerTask } from "./workerTask";

function post(message: WorkerMessage): void {
	parentPort?.postMessage(message);
}

async function work({ directory, store, depth, only, wasm }: WorkerTask): Promise<void> {
	let told = -1;
	try {
		const verification = await verifyDirectory(directory, store, {
			...(await optionsOf(depth, () => readFile(wasm))),
			...(only && { only }),
			progress: (readBytes, totalBytes) => {
				const percent = Math.floor((readBytes / Math.max(1, totalBytes)) * 100);
				if (percent > told) post({ kind: "progress", readBytes, totalBytes });
				told = Math.max(told, percent);
			},
		});
		post({ kind: "done", verification });
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		post({ kind: "file-error", code: error.code, path: error.path, message: error.message });
	}
}

void work(workerData as WorkerTask);
