import type { ChainBytes } from "../../protocol/engine";
import type { HostFunctions, SnapshotDescription } from "../../protocol/page";
import { loadChain } from "../page/loadChain";
import type { StartEngine } from "./engineSession";

/** Where engines run, and how the files of a snapshot come there. */
export interface EngineHome {
	/**
	 * Brings the files there and answers how engines over them are started. `progress` is told the bytes brought so far.
	 * Throws a `RemoteError` when one is no longer what was described, and when `cancel` is aborted.
	 */
	load(
		description: SnapshotDescription,
		progress: (readBytes: number) => void,
		cancel: AbortSignal,
	): Promise<StartEngine>;
}

/** In this page, over bytes that are read into it. */
export function pageHome(
	host: Pick<HostFunctions, "readFile">,
	enginesOver: (chain: ChainBytes) => StartEngine,
): EngineHome {
	return {
		load: async (description, progress, cancel) =>
			enginesOver(await loadChain(description, (...piece) => host.readFile(...piece), progress, cancel)),
	};
}
