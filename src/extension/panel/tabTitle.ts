import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import { visible } from "../../core/text";

/** What a tab shows: a snapshot of a store. */
export interface Titled {
	readonly snapshot: string;
	/** The store, for people. */
	readonly place: string;
}

/**
 * The snapshot's id; with its store where a tab of another store has the same, as copies of a data directory have, and
 * for a live database, which every node has.
 */
export function tabTitle({ snapshot, place }: Titled, open: readonly Titled[]): string {
	const twin = open.some((other) => other.snapshot === snapshot && other.place !== place);
	return visible(twin || snapshot === LIVE_ID ? `${snapshot} · ${place}` : snapshot);
}
