import { join, resolve } from "node:path";
import { storeFindings } from "../../core/snapshot/catalog";
import type { Generation, Snapshot } from "../../core/snapshot/model";
import { visible } from "../../core/text";
import { dataDirectoryAt } from "../../node/nodeDataDirectory";
import { type LocatedStore, locate, locateStore, rootOf } from "../open/locate";
import { type LocatedLive, locatedDataDirectory } from "../open/locateLive";
import { dataDirectoryJson, dataDirectoryLines } from "../output/dataDirectoryReport";
import { pendingReapLines } from "../output/pendingReap";
import { renderTable } from "../output/table";

export interface ListOptions {
	readonly json: boolean;
	/** One store of several; all, and the data directories without one, when not given. */
	readonly store: string | undefined;
}

/** `snapstore list`: stores, generations, snapshots, and the data directories that they lie in. */
export async function list(directory: string, { json, store }: ListOptions): Promise<string> {
	const { stores, dataDirectories } =
		store === undefined
			? await locate(directory)
			: { stores: [await locateStore(directory, store)], dataDirectories: [] };
	const listed: Listed[] = [];
	for (const one of stores) listed.push({ ...one, data: await locatedDataDirectory(directory, one) });
	const alone: LocatedLive[] = [];
	for (const path of dataDirectories) {
		const data = await dataDirectoryAt(join(resolve(directory), path));
		if (data) alone.push({ ...data, root: rootOf(path), store: undefined });
	}
	if (json) {
		const others =
			alone.length === 0 ? {} : { dataDirectories: alone.map((data) => dataDirectoryJson(data, undefined)) };
		return `${JSON.stringify({ stores: listed.map(storeJson), ...others })}\n`;
	}
	const texts = alone.map((data) => `${[...dataDirectoryLines(data, undefined), "  no snapshot store"].join("\n")}\n`);
	return [...listed.map(storeText), ...texts].join("\n");
}

interface Listed extends LocatedStore {
	readonly data: LocatedLive | undefined;
}

function storeJson({ root, store, data }: Listed) {
	return {
		root,
		layout: store.layout,
		fullNeeded: store.fullNeeded,
		newest: store.newest?.id ?? null,
		generations: store.generations.map(generationJson),
		findings: storeFindings(store),
		...(store.pendingReap ? { pendingReap: store.pendingReap } : {}),
		...(data ? { dataDirectory: dataDirectoryJson(data, store) } : {}),
	};
}

function generationJson({ name, current, snapshots }: Generation) {
	return { name, current, snapshots: snapshots.map(snapshotJson) };
}

function snapshotJson({ id, term, index, kind, createdAt, sizeBytes, files }: Snapshot) {
	return {
		id,
		term: `${term}`,
		index: `${index}`,
		kind,
		createdAt: createdAt?.toISOString() ?? null,
		sizeBytes,
		files: files.map(({ path }) => path),
	};
}

function storeText({ root, store, data }: Listed): string {
	const lines = [
		`Store ${visible(root)} (${store.layout})${store.fullNeeded ? ", the next snapshot must be full" : ""}`,
	];
	if (data) lines.push(...dataDirectoryLines(data, store));
	for (const { name, current, snapshots } of store.generations) {
		lines.push("", `Generation ${name}${current ? ", current" : ""}`);
		const rows = snapshots.map(({ id, kind, term, index, createdAt, sizeBytes }) => [
			`${id}${id === store.newest?.id ? " *" : ""}`,
			kind,
			`${term}`,
			`${index}`,
			createdAt?.toISOString() ?? "",
			`${sizeBytes}`,
		]);
		lines.push(
			rows.length === 0
				? "  no snapshots"
				: renderTable(["SNAPSHOT", "KIND", "TERM", "INDEX", "CREATED", "BYTES"], rows, new Set([2, 3, 5])),
		);
	}
	if (store.newest) lines.push("", "* newest snapshot");
	else lines.push("", "No snapshots.");
	for (const { severity, message } of storeFindings(store)) lines.push(`${severity}: ${visible(message)}`);
	if (store.pendingReap) lines.push("", ...pendingReapLines(store.pendingReap));
	return `${lines.join("\n")}\n`;
}
