import * as vscode from "vscode";
import { formatBytes } from "../../core/format/formatBytes";
import { suffrageText } from "../../core/format/membershipText";
import { relativeTime } from "../../core/format/relativeTime";
import type { Store } from "../../core/snapshot/model";
import { newestServers } from "../../core/snapshot/newestServers";
import { visible } from "../../core/text";
import type { NodeSign } from "../../node/runningNode";
import type { KnownDataDirectory } from "../stores/dataDirectory";

const { t } = vscode.l10n;

/** What is known of a node from its data directory and the store in it, for the row of one of them. */
export function nodeDescription({ running }: KnownDataDirectory, store: Store | undefined): readonly string[] {
	const newest = store?.newest;
	return [
		...(newest === undefined ? [] : [`${newest.term}/${newest.index}`]),
		...(running === undefined ? [] : [t("node running")]),
	];
}

/** The same in full, line by line. Which of the servers it is stands nowhere in a data directory. */
export function nodeLines(directory: KnownDataDirectory, store: Store | undefined): readonly string[] {
	const newest = store?.newest;
	const lines = [t("Data directory {0}", visible(vscode.Uri.parse(directory.uri).fsPath))];
	if (newest !== undefined) {
		lines.push(t("Newest snapshot: term {0}, index {1}", String(newest.term), String(newest.index)));
	}
	for (const { id, address, suffrage } of store === undefined ? [] : newestServers(store)) {
		lines.push(t("Server {0} at {1} ({2})", visible(id), visible(address), suffrageText(suffrage, t)));
	}
	if (directory.running !== undefined) lines.push(runningText(directory.running));
	return lines;
}

/** What is known of a live database without opening it, for its row. */
export function liveDescription({ data: { database, wal, unusable } }: KnownDataDirectory): string {
	if (database === undefined || unusable !== undefined) return t("cannot be opened");
	const written = new Date(Math.max(database.modifiedAt, wal?.modifiedAt ?? 0));
	return [
		relativeTime(written, new Date(), vscode.env.language),
		bytes(database.sizeBytes + (wal?.sizeBytes ?? 0)),
	].join(" · ");
}

/** The same in full, line by line. */
export function liveLines({ uri, data, running }: KnownDataDirectory): readonly string[] {
	const { database, wal, unusable } = data;
	const lines = [t("The database that the node answers from, as it is on disk: read only, no lock taken")];
	if (unusable !== undefined) lines.push(visible(unusable));
	for (const file of [database, wal]) {
		if (file === undefined) continue;
		const place = vscode.Uri.joinPath(vscode.Uri.parse(uri), file.path).fsPath;
		lines.push(t("{0}: {1}, written {2}", visible(place), bytes(file.sizeBytes), timeText(file.modifiedAt)));
	}
	if (running !== undefined) lines.push(runningText(running));
	return lines;
}

function runningText(sign: NodeSign): string {
	const path = visible(sign.path);
	return sign.sign === "lock"
		? t("A node seems to be running: process {0} holds {1}", sign.process, path)
		: t("A node seems to be running: {0} was written within the last {1} seconds", path, sign.withinSeconds);
}

function timeText(modifiedAt: number): string {
	return new Date(modifiedAt).toLocaleString(vscode.env.language);
}

function bytes(sizeBytes: number): string {
	return formatBytes(sizeBytes, vscode.env.language);
}
