import type { Files } from "../../files";
import type { FlatSnapshot } from "../flat/flatStore";
import type { StoreFile } from "../model";
import { dataFindings } from "./dataFindings";
import type { SnapshotDirectory } from "./snapshotDirectory";
import { walSequenceFindings } from "./walSequence";

/** The snapshots of one chain, oldest first: those of a full one and of the incremental ones that go on from it. */
export async function chainSnapshots(
	files: Files,
	chain: readonly SnapshotDirectory[],
): Promise<readonly FlatSnapshot[]> {
	const ids = chain.map(({ id }) => id.id);
	const wals = chain.flatMap((directory, at) =>
		directory.wals.length > 0 ? directory.wals.map((wal) => ({ ...wal, snapshots: ids.slice(at) })) : [undefined],
	);
	const sequence = await walSequenceFindings(files, wals);
	return chain.map((directory, at) => ({
		id: directory.id,
		path: directory.path,
		// With nothing in it, nothing says that anything came before it.
		full: isFull(directory) || (at === 0 && directory.wals.length === 0),
		base: baseOf(directory),
		wals: walsOf(directory),
		meta: directory.meta,
		findings: [
			...directory.findings,
			...dataFindings(directory, ids.slice(at)),
			...sequence.filter(({ path }) => directory.wals.some((wal) => wal.path === path)),
		],
	}));
}

/** Whether a chain starts from it: it has, or had, a database. */
export function isFull({ database }: SnapshotDirectory): boolean {
	return database !== undefined;
}

export function baseOf({ database }: SnapshotDirectory): StoreFile | undefined {
	return database?.state === "present" ? database.file : undefined;
}

/** In the order in which they apply. */
export function walsOf({ wals }: SnapshotDirectory): readonly StoreFile[] {
	return wals.flatMap(({ data }) => (data.state === "present" ? [data.file] : []));
}
