import type { Entry } from "../../files";
import type { Finding } from "../../verify/finding";
import { linkFinding, note, strayEntry, unfinishedSnapshot } from "../entryFindings";
import { FULL_NEEDED } from "../flat/bearsStoreName";
import { compareSnapshotIds, parseSnapshotId, type SnapshotId } from "../snapshotId";

/** What lies in the store's directory, by what it belongs to. */
export interface Listing {
	/** Oldest first. */
	readonly snapshots: readonly SnapshotEntry[];
	/** On what belongs to no snapshot, by name. */
	readonly findings: readonly Finding[];
	readonly fullNeeded: boolean;
}

/** A snapshot's directory, or a link in its place that is not followed. */
export interface SnapshotEntry {
	readonly id: SnapshotId;
	readonly kind: "directory" | "link-outside" | "link-broken";
}

/** Beside a snapshot's directory: its database, the WAL to be replayed into that, SQLite's index of the WAL. */
const SUFFIXES = { db: ".db", wal: ".db-wal", index: ".db-shm" } as const;

/** The snapshot that a data file's name names, and which of its files it is; `undefined` for any other name. */
export function ownerOf(name: string): { readonly id: SnapshotId; readonly file: keyof typeof SUFFIXES } | undefined {
	for (const file of ["db", "wal", "index"] as const) {
		if (!name.endsWith(SUFFIXES[file])) continue;
		const id = parseSnapshotId(name.slice(0, -SUFFIXES[file].length));
		if (id) return { id, file };
	}
	return undefined;
}

export function databasePath({ id }: SnapshotId): string {
	return `${id}${SUFFIXES.db}`;
}

export function walPath({ id }: SnapshotId): string {
	return `${id}${SUFFIXES.wal}`;
}

export function sortEntries(entries: readonly Entry[]): Listing {
	const names = new Set(entries.map(({ name }) => name));
	const snapshots: SnapshotEntry[] = [];
	const others: Entry[] = [];
	for (const entry of entries) {
		const { name, kind } = entry;
		const id = parseSnapshotId(name);
		if (id && (kind === "directory" || kind === "link-outside" || kind === "link-broken")) snapshots.push({ id, kind });
		else if (name !== FULL_NEEDED) others.push(entry);
	}
	snapshots.sort((a, b) => compareSnapshotIds(a.id, b.id));
	others.sort((a, b) => (a.name < b.name ? -1 : 1));
	const taken = new Set(snapshots.map(({ id }) => id.id));
	const findings = others.flatMap((entry) => otherFindings(entry, { taken, names }));
	return { snapshots, findings, fullNeeded: names.has(FULL_NEEDED) };
}

/** On an entry that is no snapshot's directory. `taken`: ids that have one. */
function otherFindings(
	{ name, kind }: Entry,
	{ taken, names }: { readonly taken: ReadonlySet<string>; readonly names: ReadonlySet<string> },
): readonly Finding[] {
	const owner = ownerOf(name);
	if (owner && taken.has(owner.id.id)) return []; // looked at with its snapshot
	if (kind === "link-outside" || kind === "link-broken") return [linkFinding(name, kind, "info", [])];
	if (owner && names.has(`${owner.id.id}.tmp`)) return [unfinishedSnapshot(name)];
	if (owner?.file === "index") return [];
	if (owner && kind === "file") return [withoutDirectory(name, owner)];
	if (kind === "directory" && name.endsWith(".tmp")) return [unfinishedSnapshot(name)];
	return [strayEntry(name, "a store")];
}

/** A removal that is cut short leaves it: the directory goes first. */
function withoutDirectory(name: string, { id, file }: { readonly id: SnapshotId; readonly file: string }): Finding {
	return note(
		"data-without-snapshot",
		"info",
		name,
		`${name} belongs to no snapshot: there is no directory ${id.id}.`,
		file === "db"
			? "It is ignored. It is a SQLite database: where the snapshot itself is missing, a copy of it can be opened as one."
			: "It is ignored. Remove it if you know where it came from.",
	);
}
