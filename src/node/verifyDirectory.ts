import type { Store } from "../core/snapshot/model";
import { movedMeanwhile } from "../core/verify/movedMeanwhile";
import type { Verification } from "../core/verify/verification";
import { type VerifyOptions, verifyStore } from "../core/verify/verifyStore";
import { nodeFiles } from "./nodeFiles";
import { changed, openListed } from "./openChain";

/**
 * Verifies a store in a directory of Node's file system, as `verifyStore`. `store`: as it was listed there. Throws
 * `FileError` as that does, and where what seems damaged was only being moved, see `movedMeanwhile`.
 */
export async function verifyDirectory(
	directory: string,
	store: Store,
	options: VerifyOptions = {},
): Promise<Verification> {
	const verification = await verifyStore(store, async (file) => openListed(directory, file), options);
	const moved = await movedMeanwhile(nodeFiles(directory), store, verification);
	if (moved !== undefined) throw changed(moved);
	return verification;
}
