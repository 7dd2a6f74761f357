import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { FileError } from "../../core/files";
import { visible } from "../../core/text";
import { databaseSource, type SnapshotSource, walSource } from "../../node/snapshotSource";
import { addSnapshot } from "../../store/create/addSnapshot";
import { Failure, oneLine } from "../failure";
import { interruptible } from "../interruptible";
import { locateStore } from "../open/locate";
import { openStore, refuseRunningNode } from "../open/openStore";
import { maintenanceReport, reportText } from "../output/maintenanceReport";
import type { Output } from "../output/output";
import { byteProgress } from "../output/progress";

export interface CreateCommandOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	/** A database makes a full snapshot, a WAL an incremental one. */
	readonly from: { readonly kind: "database" | "wal"; readonly file: string };
	readonly index: bigint;
	readonly term: bigint;
}

const NO_SERVERS = "The snapshot names no Raft servers: the store had no snapshot to take them from.";

/** `snapstore create`: adds a snapshot to a store; in an empty directory, makes the store first. */
export async function create(dir: string, options: CreateCommandOptions, output: Output): Promise<void> {
	const { json, from, index, term } = options;
	const isNew = options.store === undefined && (await isEmptyDirectory(dir));
	const directory = isNew ? resolve(dir) : (await locateStore(dir, options.store)).directory;
	await refuseRunningNode(directory);
	const source = openSource(from);
	try {
		for (const notice of source.notices) output.warn(notice);
		if (isNew) output.warn(`${visible(dir)} is empty: a new store begins there.`);
		const { store, recovered } = await openStore(directory, { isNew }, output);
		const added = await interruptible("Cancelled; the store is as it was.", (cancel) =>
			addSnapshot(store, source, { index, term, cancel, progress: byteProgress("copied") }),
		);
		if (added.meta?.servers.length === 0) output.warn(NO_SERVERS);
		const plan = [...recovered, { step: "create-snapshot", path: added.path } as const];
		await output.write(reportText(maintenanceReport(plan, { done: true, snapshot: added.id }), { json }));
	} catch (error) {
		if (error instanceof FileError) throw new Failure(1, oneLine(error));
		throw error;
	} finally {
		source.close();
	}
}

async function isEmptyDirectory(path: string): Promise<boolean> {
	const names = await readdir(path).catch(() => undefined); // why it cannot be read, looking for a store tells
	return names?.length === 0;
}

function openSource({ kind, file }: CreateCommandOptions["from"]): SnapshotSource {
	try {
		return kind === "database" ? databaseSource(file) : walSource(file);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw new Failure(error.code === "unreadable" ? 1 : 2, oneLine(error));
	}
}
