import { storeFindings } from "../core/snapshot/catalog";
import type { Generation, Snapshot } from "../core/snapshot/model";
import { visible } from "../core/text";
import { type LocatedStore, locateStores } from "./locate";
import { renderTable } from "./table";

/** `snapstore list`: stores, generations, snapshots. */
export async function list(directory: string, { json }: { readonly json: boolean }): Promise<string> {
	const stores = await locateStores(directory);
	return json ? `${JSON.stringify({ stores: stores.map(storeJson) })}\n` : stores.map(storeText).join("\n");
}

function storeJson({ root, store }: LocatedStore) {
	return {
		root,
		layout: store.layout,
		fullNeeded: store.fullNeeded,
		newest: store.newest?.id ?? null,
		generations: store.generations.map(generationJson),
		findings: storeFindings(store),
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

function storeText({ root, store }: LocatedStore): string {
	const lines = [
		`Store ${visible(root)} (${store.layout})${store.fullNeeded ? ", the next snapshot must be full" : ""}`,
	];
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
	return `${lines.join("\n")}\n`;
}
