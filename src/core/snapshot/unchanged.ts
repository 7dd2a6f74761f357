import type { Files } from "../files";
import { findSnapshot, readStore } from "./catalog";
import { chainOf } from "./chain";
import type { Chain } from "./model";

/**
 * Whether a store, listed once more, still makes a snapshot of the same files with nothing else missing: what was read of
 * them meanwhile is its state then. A node that is at work moves files to where a listing has been already, so the files
 * alone do not tell. `id` is no `latest`. Throws what `readStore` throws.
 */
export async function isUnchanged(files: Files, id: string, chain: Chain): Promise<boolean> {
	const store = await readStore(files);
	const snapshot = findSnapshot(store, id);
	return snapshot !== undefined && isSameChain(chainOf(store, snapshot), chain);
}

/** Whether two chains are the same files with the same missing. How many snapshots suffer from that does not matter. */
export function isSameChain(one: Chain, other: Chain): boolean {
	return chainText(one) === chainText(other);
}

function chainText(chain: Chain): string {
	return JSON.stringify({ ...chain, broken: chain.broken.map(({ code, path }) => [code, path]) });
}
