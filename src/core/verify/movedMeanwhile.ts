import type { Files } from "../files";
import { readStore, storeFindings, storeSnapshots } from "../snapshot/catalog";
import { chainOf } from "../snapshot/chain";
import type { Chain, Store } from "../snapshot/model";
import { isSameChain } from "../snapshot/unchanged";
import type { SnapshotVerdict, Verification } from "./verification";

/**
 * A file that a verification calls damaged or missing though a node was only moving or writing it: the store, listed once
 * more, has it otherwise now. `undefined` when all of the damage is still there; what the node has added does not matter.
 * `store`: as it was listed to be verified. Throws what `readStore` throws.
 */
export async function movedMeanwhile(
	files: Files,
	store: Store,
	{ findings, snapshots }: Verification,
): Promise<string | undefined> {
	const broken = snapshots.filter(({ verdict }) => verdict !== "exact");
	const listed = storeFindings(store).filter(({ severity }) => severity === "error");
	const missed = listed.filter((finding) => findings.includes(finding));
	if (broken.length + missed.length === 0) return undefined;
	const now = await readStore(files);
	const moved = broken.find((verdict) => {
		const [before, after] = [chainIn(store, verdict), chainIn(now, verdict)];
		return !before || !after || !isSameChain(before, after);
	});
	if (moved) return moved.cause?.path ?? moved.id;
	const still = new Set(storeFindings(now).map(({ code, path }) => `${code} ${path}`));
	return missed.find(({ code, path }) => !still.has(`${code} ${path}`))?.path;
}

function chainIn(store: Store, { id, generation }: SnapshotVerdict): Chain | undefined {
	const snapshot = storeSnapshots(store).find((one) => one.id === id && one.generation === generation);
	return snapshot && chainOf(store, snapshot);
}
