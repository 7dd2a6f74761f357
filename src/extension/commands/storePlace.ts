/** Where a file of a store lies, told from its path alone. */
export interface StorePlace {
	/** Path of the store's directory. */
	readonly store: string;
	/** `undefined` where the layout has none. */
	readonly generation: string | undefined;
	/** `undefined` for a generation's base. */
	readonly snapshot: string | undefined;
}

const SNAPSHOT =
	/^(?<store>.*)\/generations\/(?<generation>\d+)\/(?<snapshot>\d+-\d+-\d+)(?:\/(?:meta\.json|wal))?\/?$/su;
/** Of rqlite 7 to 10, whose stores have these names. A base is a full snapshot's own. */
const FLAT =
	/^(?<store>.*\/[rw]?snapshots)\/(?<snapshot>\d+-\d+-\d+)(?:\.db|(?:\/(?:meta\.json|state\.bin|data\.db|\d+-\d+\.wal))?\/?)$/su;
const BASE = /^(?<store>.*)\/generations\/(?<generation>\d+)\/base\.sqlite$/su;

/**
 * The place of a snapshot's directory or of a file in it, of rqlite 8's `<id>.db`, or of a generation's `base.sqlite`;
 * `undefined` for everything else.
 *
 * @param path As in a URI, with `/` on every platform.
 */
export function storePlace(path: string): StorePlace | undefined {
	const groups = (SNAPSHOT.exec(path) ?? BASE.exec(path) ?? FLAT.exec(path))?.groups;
	const { store, generation, snapshot } = groups ?? {};
	return store === undefined ? undefined : { store, generation, snapshot };
}
