import type { Cancellation, Files } from "../files";
import type { Finding } from "../verify/finding";
import { layoutOf } from "./layouts";
import type { Generation, Snapshot, Store } from "./model";

/** The directory that was asked for is no snapshot store. */
export class NotAStoreError extends Error {
	override readonly name = "NotAStoreError";
}

/**
 * Everything a store holds, as it is on disk now. Reads directory listings and small files (`meta.json`, checksums, plans),
 * no data, except where an interrupted reap left copies of a WAL that must be compared, and the headers of WALs between
 * which one may be missing. Faulty parts become findings; what is sound is listed.
 * Throws `NotAStoreError`, and `FileError` when the store's own directory cannot be read.
 */
export async function readStore(files: Files, options: { readonly cancel?: Cancellation } = {}): Promise<Store> {
	const layout = await layoutOf(files);
	if (layout) return layout.read(files, options.cancel);
	throw new NotAStoreError("The directory is no snapshot store: nothing in it is what rqlite would write there.");
}

/** All findings of a store: its own, then each generation's and its snapshots', oldest first. */
export function storeFindings(store: Store): readonly Finding[] {
	return [
		...store.findings,
		...store.generations.flatMap(({ findings, snapshots }) => [...findings, ...snapshots.flatMap((s) => s.findings)]),
	];
}

/** Snapshots of all generations, oldest first. */
export function storeSnapshots(store: Store): readonly Snapshot[] {
	return store.generations.flatMap(({ snapshots }) => snapshots);
}

/** The snapshot of an id, or `latest`, searched from the newest generation to the oldest. */
export function findSnapshot(store: Store, id: string): Snapshot | undefined {
	if (id === "latest") return store.newest;
	return storeSnapshots(store).findLast((snapshot) => snapshot.id === id);
}

/** The generation that a snapshot of this store is in. */
export function generationOf(store: Store, snapshot: Snapshot): Generation {
	const generation = store.generations.find(({ name }) => name === snapshot.generation);
	if (!generation) throw new Error(`snapshot ${snapshot.id} is of another store`);
	return generation;
}
