import { MAX_UINT64 } from "../uint64";

/** What a snapshot directory's name says: `<term>-<index>-<unix milliseconds>`. */
export interface SnapshotId {
	readonly id: string;
	/** uint64. */
	readonly term: bigint;
	/** uint64. */
	readonly index: bigint;
	readonly milliseconds: bigint;
	/** The fourth number that a name of rqlite 10 can have. */
	readonly counter?: bigint;
}

/** The last moment that a `Date` can hold, in milliseconds since the Unix epoch. */
const MAX_DATE = 8_640_000_000_000_000n;

/** The parts of a name, or `undefined` when it is none of a snapshot. */
export function parseSnapshotId(name: string): SnapshotId | undefined {
	const match = /^(\d{1,20})-(\d{1,20})-(\d{1,20})$/.exec(name);
	if (!match) return undefined;
	const [term, index, milliseconds] = [BigInt(match[1]!), BigInt(match[2]!), BigInt(match[3]!)];
	if (term > MAX_UINT64 || index > MAX_UINT64) return undefined;
	return { id: name, term, index, milliseconds };
}

/** When the snapshot was made, where its milliseconds are a time that can be shown. */
export function createdAt({ milliseconds }: SnapshotId): Date | undefined {
	return milliseconds <= MAX_DATE ? new Date(Number(milliseconds)) : undefined;
}

/** Snapshot order, oldest first: by term, then index, then id; the numbers of an id compare as numbers. */
export function compareSnapshotIds(a: SnapshotId, b: SnapshotId): number {
	return (
		compare(a.term, b.term) ||
		compare(a.index, b.index) ||
		compare(a.milliseconds, b.milliseconds) ||
		compare(a.counter ?? 0n, b.counter ?? 0n) ||
		compare(a.id, b.id)
	);
}

function compare<T extends bigint | string>(a: T, b: T): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
