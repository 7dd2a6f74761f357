import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Files } from "../../../../src/core/files";
import { readStore, storeSnapshots } from "../../../../src/core/snapshot/catalog";
import { chainOf } from "../../../../src/core/snapshot/chain";
import type { Snapshot, Store } from "../../../../src/core/snapshot/model";
import { openImage } from "../../../../src/core/snapshot/openImage";
import type { Finding } from "../../../../src/core/verify/finding";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { openChain } from "../../../../src/node/openChain";
import { imageBytes } from "../../../support/images/openBytes";
import { picture } from "../../../support/stores/picture";
import type { BuiltSnapshot } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

/**
 * A store as it is listed and opened, one line for each thing, findings behind what they are on:
 *
 * ```text
 * ! info stray-entry generations/x
 * 1 current: base + base.sqlite-wal
 *   2-7-1000 full: exact
 *   2-9-2000 incremental: refused by wal-missing
 *     ! error wal-missing generations/0000000001/2-9-2000/wal > 2-9-2000 2-11-3000
 * newest 2-9-2000
 * ```
 * `exact`: the image has the bytes that SQLite had when the snapshot was taken. That the store was left alone is checked.
 */
export async function look(
	directory: string,
	built: readonly BuiltSnapshot[],
	files = nodeFiles(directory),
): Promise<string[]> {
	const before = picture(directory);
	const store = await readStore(files);
	const outcomes = new Map<Snapshot, string>();
	for (const snapshot of storeSnapshots(store))
		outcomes.set(snapshot, await outcome(directory, store, snapshot, built));
	const lines = [
		...store.findings.map(findingLine),
		...store.generations.flatMap(({ name, current, base, pending, snapshots, findings }) => [
			`${numberOf(name)}${current ? " current" : ""}: ${[base ? "base" : "no base", ...pending.map(({ path }) => nameOf(path))].join(" + ")}`,
			...findings.map((finding) => `  ${findingLine(finding)}`),
			...snapshots.flatMap((snapshot) => [
				`  ${snapshot.id} ${snapshot.kind}: ${outcomes.get(snapshot)}`,
				...snapshot.findings.map((finding) => `    ${findingLine(finding)}`),
			]),
		]),
		`newest ${store.newest?.id}${store.fullNeeded ? ", full needed" : ""}`,
	];
	expect(picture(directory)).toEqual(before);
	return lines;
}

/** A finding with the snapshots that it makes unrestorable. */
export function findingLine({ severity, code, path, snapshots }: Finding): string {
	return ["!", severity, code, path || ".", ...(snapshots.length > 0 ? [">", ...snapshots] : [])].join(" ");
}

async function outcome(
	directory: string,
	store: Store,
	snapshot: Snapshot,
	built: readonly BuiltSnapshot[],
): Promise<string> {
	const chain = chainOf(store, snapshot);
	if (chain.broken.length > 0) return `refused by ${chain.broken.map(({ code }) => code).join(", ")}`;
	const files = await openChain(directory, chain);
	try {
		const { image, report } = openImage(files, snapshot.id);
		if (!image || report.findings.length > 0) return `refused by ${report.findings.map(({ code }) => code).join(", ")}`;
		const truth = built.find(({ id, generation }) => id === snapshot.id && generation === snapshot.generation);
		return truth && Buffer.compare(imageBytes(image), truth.image) === 0 ? "exact" : "other bytes";
	} finally {
		files.close();
	}
}

/** A generation's number without its zeros; in other layouts the id of its full snapshot. */
function numberOf(name: string): string {
	return name.replace(/^0+(?=\d+$)/, "");
}

function nameOf(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** The port with errors of its own for some paths, as another user's directories would have. */
export function withErrors(files: Files, errors: Readonly<Record<string, Error>>): Files {
	const check = (path: string) => {
		const error = errors[path];
		if (error) throw error;
	};
	return {
		name: files.name,
		async list(path) {
			check(path);
			return files.list(path);
		},
		async stat(path) {
			check(path);
			return files.stat(path);
		},
		async read(path, offset, length) {
			check(path);
			return files.read(path, offset, length);
		},
	};
}

/** The layout that a directory is taken for. */
export async function listedLayout(directory: string): Promise<string> {
	return (await readStore(nodeFiles(directory))).layout;
}

/** A directory of this name with empty directories in it. */
export function directoryNamed(name: string, ...entries: string[]): string {
	const directory = join(temporaryDirectory(), name);
	for (const path of ["", ...entries]) mkdirSync(join(directory, path), { recursive: true });
	return directory;
}
