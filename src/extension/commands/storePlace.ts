/** Where a file of a store lies, told from its path alone. */
export interface StorePlace {
	/** Path of the store's directory. */
	readonly store: string;
	readonly generation: string;
	/** `undefined` for a generation's base. */
	readonly snapshot: string | undefined;
}

const SNAPSHOT =
	/^(?<store>.*)\/generations\/(?<generation>\d+)\/(?<snapshot>\d+-\d+-\d+)(?:\/(?:meta\.json|wal))?\/?$/su;
const BASE = /^(?<store>.*)\/generations\/(?<generation>\d+)\/base\.sqlite$/su;

/**
 * The place of a snapshot's directory, its `meta.json` or `wal`, or a generation's `base.sqlite`; `undefined` for
 * everything else.
 *
 * @param path As in a URI, with `/` on every platform.
 */
export function storePlace(path: string): StorePlace | undefined {
	const groups = (SNAPSHOT.exec(path) ?? BASE.exec(path))?.groups;
	const { store, generation, snapshot } = groups ?? {};
	if (store === undefined || generation === undefined) return undefined;
	return { store, generation, snapshot };
}
