import type { Store } from "../core/snapshot/model";
import type { Verification } from "../core/verify/verification";
import { type VerifyOptions, verifyStore } from "../core/verify/verifyStore";
import { openListed } from "./openChain";

/** Verifies a store in a directory of Node's file system, as `verifyStore`. `store`: as it was listed there. */
export function verifyDirectory(directory: string, store: Store, options: VerifyOptions = {}): Promise<Verification> {
	return verifyStore(store, async (file) => openListed(directory, file), options);
}
