import type { StoreNode } from "../../../src/extension/tree/node";

/** The node of a store that has not been read yet. */
export const storeNode: StoreNode = {
	kind: "store",
	id: "store:file:///data",
	uri: "file:///data",
	name: "data",
	sample: false,
	holds: "store",
	only: true,
	view: undefined,
	data: undefined,
	parent: undefined,
};
