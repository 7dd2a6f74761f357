import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { FileError } from "../core/files";
import { findSnapshot } from "../core/snapshot/catalog";
import type { Snapshot } from "../core/snapshot/model";
import { visible } from "../core/text";
import { sendSnapshot } from "../node/sendSnapshot";
import { databaseSource, type SnapshotSource, walSource } from "../node/snapshotSource";
import type { CreateOptions } from "../store/snapshotStore";
import { Failure, oneLine } from "./failure";
import { interruptible } from "./interruptible";
import { locateStore } from "./locate";
import { maintenanceReport, reportText } from "./maintenanceReport";
import { openStore, refuseRunningNode } from "./openStore";
import type { Output } from "./output";
import { byteProgress } from "./progress";

export interface CreateCommandOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	/** A database makes a full snapshot, a WAL an incremental one. */
	readonly from: { readonly kind: "database" | "wal"; readonly file: string };
	readonly index: bigint;
	readonly term: bigint;
}

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
		const { newest } = await store.read();
		const configuration = configurationOf(newest, output);
		const id = await interruptible("Cancelled; the store is as it was.", async (cancel) => {
			const sink = await store.create({ version: 1, index, term, ...configuration });
			await sendSnapshot(source, sink, { cancel, progress: byteProgress("copied") });
			return sink.id;
		});
		const path = findSnapshot(await store.read(), id)?.path ?? "";
		const plan = [...recovered, { step: "create-snapshot", path } as const];
		await output.write(reportText(maintenanceReport(plan, { done: true, snapshot: id }), { json }));
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

/** The Raft configuration does not change by itself: it is that of the newest snapshot. */
function configurationOf(
	newest: Snapshot | undefined,
	output: Output,
): Pick<CreateOptions, "configuration" | "configurationIndex"> {
	if (newest && !newest.meta) {
		output.warn(`${newest.path} has no meta.json that can be read; the new snapshot names no servers.`);
	}
	return { configuration: newest?.meta?.servers ?? [], configurationIndex: newest?.meta?.configurationIndex ?? 0n };
}
