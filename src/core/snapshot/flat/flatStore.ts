import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import { listedSnapshot, type SnapshotParts } from "../listedSnapshot";
import type { Generation, LayoutName, Store } from "../model";
import { compareSnapshotIds } from "../snapshotId";

/** A snapshot of a layout without generations. It is full when it has, or had, a base of its own. */
export interface FlatSnapshot extends SnapshotParts {
	/** How many of its WALs, from the first, the base may hold part of already: their checkpoint was cut short. */
	readonly pending?: number;
}

/**
 * A store of a layout without generations: each full snapshot starts a chain, which takes the place of a generation and
 * bears its id. `snapshots`: in any order. `findings`: on the store's own directory.
 */
export function flatStore(
	layout: LayoutName,
	snapshots: readonly FlatSnapshot[],
	findings: readonly Finding[],
	fullNeeded: boolean,
): Store {
	const chains = chainsOf(snapshots);
	const generations = chains.map((chain, at) => generationOf(chain, layout, at === chains.length - 1));
	return {
		layout,
		generations,
		findings,
		fullNeeded: fullNeeded || generations.length === 0,
		newest: generations.at(-1)?.snapshots.at(-1),
	};
}

/** Full snapshots, each with the incremental ones that follow it; oldest first. */
export function chainsOf<S extends Pick<FlatSnapshot, "id" | "full">>(
	snapshots: readonly S[],
): readonly (readonly S[])[] {
	const chains: S[][] = [];
	for (const snapshot of [...snapshots].sort((a, b) => compareSnapshotIds(a.id, b.id))) {
		const chain = chains.at(-1);
		if (snapshot.full || !chain) chains.push([snapshot]);
		else chain.push(snapshot);
	}
	return chains;
}

function generationOf(chain: readonly FlatSnapshot[], layout: LayoutName, current: boolean): Generation {
	const first = chain[0]!;
	const name = first.id.id;
	const findings: Finding[] = [];
	if (!first.full) {
		findings.push(
			note(
				"base-missing",
				"error",
				first.path,
				`${first.path} is incremental, and the full snapshot that it goes on from is missing.`,
				"Take the full snapshot's directory from a backup or another node.",
				chain.map(({ id }) => id.id),
			),
		);
	}
	return {
		name,
		path: first.path,
		current,
		base: first.base,
		pending: first.wals.slice(0, first.pending ?? 0),
		compacted: layout === "rqlite-v10",
		snapshots: chain.map((snapshot) => listedSnapshot(snapshot, name)),
		findings,
	};
}
