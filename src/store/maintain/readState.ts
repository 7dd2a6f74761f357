import type { Files } from "../../core/files";
import { NotAStoreError, readStore } from "../../core/snapshot/catalog";
import type { Store } from "../../core/snapshot/model";
import { type ReapIntent, readIntent } from "./reapIntent";

/** A store as it is now, and the plan of a reap that was cut short. */
export interface StoreState {
	readonly store: Store;
	/** A text is the end of a sentence: why the plan that is there cannot be read. */
	readonly intent: ReapIntent | string | undefined;
}

/** Throws `NotAStoreError`, also for a store of a layout that is not written here, and `FileError`. */
export async function readState(files: Files): Promise<StoreState> {
	const store = await readStore(files);
	if (store.layout !== "generations") {
		throw new NotAStoreError(`The store has the layout ${store.layout}: only its own node can change it.`);
	}
	try {
		return { store, intent: await readIntent(files) };
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return { store, intent: error.message };
	}
}
