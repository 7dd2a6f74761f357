import { join } from "node:path";
import * as vscode from "vscode";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import { formatBytes } from "../../core/format/formatBytes";
import type { ExportRequest, ExportSummary } from "../../protocol/export";
import type { ExportChoice } from "../../protocol/page";
import { RemoteError } from "../../protocol/rpc";
import { Cancelled } from "../cancellation";
import { ExportRefused, exportInThread } from "../export/exportInThread";
import { holdSnapshot } from "../held/holdSnapshot";
import type { SnapshotPanels } from "../panel/snapshotPanels";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { withoutLinks } from "../text/withoutMarkup";
import { isTreeNode, storeOf } from "../tree/node";
import { Refusal } from "../writing/refusal";
import { requireTrust } from "../writing/writableDirectory";
import { askTarget, pickFormat, pickSource } from "./exportQuestions";
import { pickSnapshot, snapshotsOf } from "./pickSnapshot";
import { announceFile } from "./restoreFile";

const { t } = vscode.l10n;

/** What is exported of. */
export interface ExportPlace {
	readonly store: KnownStore;
	/** Of the snapshot, or of the live database. */
	readonly id: string;
	/** Path of the directory with what is built. */
	readonly dist: string;
}

/**
 * "Export table or query…" and "Export all tables…": of the panel in front, of a node of the tree, or of a snapshot that
 * is asked for.
 */
export async function exportFor(
	stores: KnownStores,
	panels: SnapshotPanels,
	dist: string,
	target: unknown,
): Promise<void> {
	const { inFront } = panels;
	if (!isTreeNode(target) && inFront !== undefined) {
		const choice = await inFront.exportChoice().catch((error: unknown) => {
			throw error instanceof RemoteError ? new Refusal(error.message) : error;
		});
		await exportRows({ store: inFront.store, id: inFront.snapshot, dist }, choice);
		return;
	}
	const picked = await placeFor(stores, target);
	if (picked !== undefined) await exportRows({ ...picked, dist }, { queries: [], object: undefined, partial: false });
}

async function placeFor(stores: KnownStores, target: unknown): Promise<Omit<ExportPlace, "dist"> | undefined> {
	const node = isTreeNode(target) ? storeOf(target) : undefined;
	if (node !== undefined && isTreeNode(target)) {
		const store = stores.at(vscode.Uri.parse(node.uri, true));
		if (target.kind === "live") return { store, id: LIVE_ID };
		if (target.kind === "snapshot") return { store, id: target.snapshot.id };
	}
	const choices = await snapshotsOf(await stores.all());
	if (choices.length === 0)
		throw new Refusal(t("There is no snapshot in this window. Open a folder that holds a store."));
	const picked = await pickSnapshot(choices, t("Export all tables"));
	return picked && { store: picked.store, id: picked.snapshot.id };
}

/** Asks what, how and where, and writes it. Throws what `tellRefusal` tells. */
export async function exportRows(place: ExportPlace, choice: ExportChoice): Promise<void> {
	requireTrust();
	const title = place.id;
	const source = await pickSource(title, choice);
	const format = source && (await pickFormat(title, source));
	if (source === undefined || format === undefined) return;
	const request: ExportRequest = { source, format, salvage: choice.partial };
	const target = await askTarget(place.store, request, place.id);
	if (target !== undefined) await exportTo(target, place, request);
}

/** Exports to a file or a directory, telling how far it is, and offers what reads where the database is damaged. */
async function exportTo(target: string, place: ExportPlace, request: ExportRequest): Promise<void> {
	try {
		announce(target, await exportWithProgress(target, place, request));
	} catch (error) {
		if (!(error instanceof ExportRefused)) throw error;
		if (!error.damaged || request.salvage) throw new Refusal(error.message);
		const anyway = t("Export What Reads");
		if ((await vscode.window.showErrorMessage(withoutLinks(error.message), anyway)) !== anyway) return;
		await exportTo(target, place, { ...request, salvage: true });
	}
}

async function exportWithProgress(target: string, place: ExportPlace, request: ExportRequest): Promise<ExportSummary> {
	const title = withoutLinks(t("Exporting {0}", place.id));
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	return vscode.window.withProgress(options, async (progress, token) => {
		const cancelled = new AbortController();
		const listening = token.onCancellationRequested(() => cancelled.abort(new Cancelled()));
		const held = await holdSnapshot(place.store, place.id, request.salvage);
		try {
			const task = {
				source: held.source,
				allowDamaged: request.salvage,
				request,
				wasm: join(place.dist, "sql-wasm.wasm"),
			};
			return await exportInThread(join(place.dist, "exportThread.js"), target, task, {
				cancel: cancelled.signal,
				progress: (done) => progress.report({ message: progressText(done) }),
			});
		} finally {
			held.release();
			listening.dispose();
		}
	});
}

function progressText({ rows, bytes }: { readonly rows: number; readonly bytes: number }): string {
	const { language } = vscode.env;
	return t("{0} rows, {1}", rows.toLocaleString(language), formatBytes(bytes, language));
}

function announce(target: string, summary: ExportSummary): void {
	const done = t("Exported to {0}: {1}.", target, progressText(summary));
	const [first, ...others] = summary.warnings;
	if (first === undefined) void announceFile(done, vscode.Uri.file(target));
	else {
		const left =
			others.length === 0 ? first : t("{0} And {1} more, see {2}.", first, others.length, `${target}.skipped.txt`);
		void vscode.window.showWarningMessage(withoutLinks(`${done} ${left}`));
	}
}
