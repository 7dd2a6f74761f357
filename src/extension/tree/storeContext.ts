import { CONTEXT_VALUES } from "../ids";
import type { StoreNode } from "./node";

/** What a menu's `when` clause sees of a store: the commands that write to one stand only where this project may. */
export function storeContext({ sample, holds, view }: StoreNode): string {
	if (holds === "database") return CONTEXT_VALUES.dataDirectory;
	if (view?.state === "read" && view.store.layout !== "generations") return CONTEXT_VALUES.readOnlyStore;
	return sample ? CONTEXT_VALUES.sampleStore : CONTEXT_VALUES.store;
}
