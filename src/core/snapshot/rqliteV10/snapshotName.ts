import { parseSnapshotId, type SnapshotId } from "../snapshotId";

/** What a directory's name says: an id, and from some versions a fourth number behind it. `undefined` when it is none. */
export function parseSnapshotName(name: string): SnapshotId | undefined {
	const id = parseSnapshotId(name);
	if (id) return id;
	const four = /^(\d+-\d+-\d+)-(\d{1,19})$/.exec(name);
	const three = four && parseSnapshotId(four[1]!);
	return three ? { ...three, id: name, counter: BigInt(four[2]!) } : undefined;
}
