/** Hands out ids of snapshots as rqlite does: term, index, and a time in Unix milliseconds that no id before it has. */
export function snapshotIds(): (term: number, index: number) => string {
	let last = 0;
	return (term, index) => {
		last = Math.max(last + 1, Date.now());
		return `${term}-${index}-${last}`;
	};
}

/** An id's term and index: a reap gives what it leaves a new time. */
export function positionOf(id: string): string {
	return id.slice(0, id.lastIndexOf("-"));
}

/** The index of the last entry of the Raft log that a snapshot holds. */
export function indexOf(id: string): number {
	return Number(id.split("-")[1]);
}
