import type { Entry } from "../../files";

// The names under which rqlite 10 keeps files; `src/core/FORMATS.md`, "A store of rqlite 10".

/** The directory that a node keeps the store in. */
export const STORE_NAME = "wsnapshots";
/** Behind the name of what is still being written. */
export const TMP_SUFFIX = ".tmp";
export const DATABASE = "data.db";
/** Beside `data.db`: SQLite's own, from a reap that checkpoints, or from anyone who opened the database. */
export const DATABASE_WAL = `${DATABASE}-wal`;
export const DATABASE_SHM = `${DATABASE}-shm`;
export const META = "meta.json";
export const REAP_PLAN = "REAP_PLAN";
/** What turns the name of a data file into that of its checksum file. */
export const SIDECAR_SUFFIX = ".crc32";

/** What the name of a WAL says. Names that differ in kind are never in one directory. */
export type WalName =
	/** Made by the node itself. */
	| { readonly kind: "own"; readonly nanoseconds: bigint; readonly counter: number }
	/** Received from a leader together with the database, and counted from 0. */
	| { readonly kind: "received"; readonly position: number };

/** What a name says, or `undefined` when rqlite gives it to no WAL. */
export function parseWalName(name: string): WalName | undefined {
	const own = /^(\d{24})-(\d{6,9})\.wal$/.exec(name);
	if (own) return { kind: "own", nanoseconds: BigInt(own[1]!), counter: Number(own[2]) };
	const received = /^data-(\d{8,9})\.wal$/.exec(name);
	if (received) return { kind: "received", position: Number(received[1]) };
	return undefined;
}

/** Entries in the order of their names, as code units compare: the one in which WALs apply. */
export function byName(entries: readonly Entry[]): readonly Entry[] {
	return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name of the data file that a checksum file belongs to, or `undefined` when a name is none of a checksum file. */
export function sidecarOwner(name: string): string | undefined {
	if (!name.endsWith(SIDECAR_SUFFIX)) return undefined;
	const owner = name.slice(0, -SIDECAR_SUFFIX.length);
	return owner === DATABASE || parseWalName(owner) ? owner : undefined;
}
