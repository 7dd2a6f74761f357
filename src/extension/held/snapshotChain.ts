import type { EngineSources } from "../../engine/localEngine";
import { openBytes } from "../../engine/openBytes";
import { type HeldChain, openHeldChain } from "../../node/heldChain";
import type { ChainBytes } from "../../protocol/engine";

/** The files of a snapshot: held open by the extension, or their bytes. It can be sent to another thread. */
export type SnapshotChain =
	| { readonly kind: "held"; readonly chain: HeldChain }
	| { readonly kind: "bytes"; readonly chain: ChainBytes };

/** Makes the files ready to be read, as long as they are held. */
export function openSnapshotChain(source: SnapshotChain): Promise<EngineSources> {
	return source.kind === "held" ? openHeldChain(source.chain) : openBytes(source.chain);
}
