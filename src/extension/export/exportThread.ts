// Exports rows of a snapshot beside the extension, which can end it in the middle of a statement. Built on its own.

import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { FileError } from "../../core/files";
import { openImage } from "../../core/snapshot/openImage";
import { exportDatabase } from "../../engine/export/exportDatabase";
import { SnapshotDatabase } from "../../engine/snapshotDatabase";
import { SqlError } from "../../engine/sqlError";
import { loadSqlite } from "../../engine/sqlite";
import { type ExportProgress, type ExportRequest, type ExportSummary, isManyFiles } from "../../protocol/export";
import { NewFiles } from "../../store/disk/newFiles";
import { StoreError } from "../../store/storeError";
import { openSnapshotChain, type SnapshotChain } from "../held/snapshotChain";

/** What the thread is started with; it crosses as a structured clone. */
export interface ExportTask {
	readonly source: SnapshotChain;
	/** Go as far as the last sound commit where the chain is damaged. */
	readonly allowDamaged: boolean;
	readonly request: ExportRequest;
	/** Where new files are made; nothing is there yet. */
	readonly path: string;
	/** Path of SQLite's WebAssembly. */
	readonly wasm: string;
}

/** What the thread tells. The last message is `done` or `refused`; what else it throws ends it. */
export type ExportMessage =
	| { readonly kind: "progress"; readonly progress: ExportProgress }
	| { readonly kind: "done"; readonly summary: ExportSummary }
	/** `damaged`: whether what reads of the database could be exported all the same. */
	| { readonly kind: "refused"; readonly message: string; readonly damaged: boolean };

function post(message: ExportMessage): void {
	parentPort?.postMessage(message);
}

async function work({ source, allowDamaged, request, path, wasm }: ExportTask): Promise<ExportMessage> {
	const sources = await openSnapshotChain(source);
	const { image, report } = openImage(sources, sources.snapshot);
	const [finding] = report.findings;
	if (!image || (finding !== undefined && !allowDamaged))
		return { kind: "refused", message: finding?.message ?? "There is no database.", damaged: image !== undefined };
	const database = new SnapshotDatabase(await loadSqlite(await readFile(wasm)), image);
	const files = await NewFiles.at(path, isManyFiles(request));
	try {
		const summary = await exportDatabase(database, request, files, {
			progress: (progress) => post({ kind: "progress", progress }),
			...(request.salvage && { salvage: image }),
		});
		const missing = allowDamaged ? report.findings.map(({ message }) => message) : [];
		return { kind: "done", summary: { ...summary, warnings: [...missing, ...summary.warnings] } };
	} finally {
		await files.end();
		sources.confirm?.(); // pages of two states are no database, and their errors mean nothing
	}
}

async function main(task: ExportTask): Promise<void> {
	try {
		post(await work(task));
	} catch (error) {
		if (!(error instanceof SqlError || error instanceof FileError || error instanceof StoreError)) throw error;
		post({ kind: "refused", message: error.message, damaged: isDamage(error) });
	}
}

/** Damage of pages, in SQLite's words: https://www.sqlite.org/rescode.html#corrupt */
function isDamage(error: Error): boolean {
	return error instanceof SqlError && /malformed|not a database/.test(error.message);
}

void main(workerData as ExportTask);
