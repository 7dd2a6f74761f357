import type { SnapshotDescription } from "../../../src/protocol/page";

/** A sound full snapshot, the newest of its store, but for what is given. */
export function described(part: Partial<SnapshotDescription> = {}): SnapshotDescription {
	return {
		store: "store",
		layout: "generations",
		generation: "0000000001",
		id: "1-2-3",
		term: "1",
		index: "2",
		kind: "full",
		createdAt: undefined,
		newest: "1-2-3",
		present: true,
		upTo: "1-2-3",
		files: [{ path: "base.sqlite", sizeBytes: 4096, modifiedAt: 1 }],
		pending: 0,
		compacted: false,
		findings: [],
		raft: { configurationIndex: "1", servers: [], changes: [], earlierChanges: 0 },
		...part,
	};
}
