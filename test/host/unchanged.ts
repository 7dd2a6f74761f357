import { deepStrictEqual } from "node:assert";
import { after, before } from "mocha";
import { picture } from "../support/stores/picture";

/** The tests around it leave a store as it was: contents, names and times. */
export function leavesUnchanged(store: () => string): void {
	let asItWas: readonly string[] = [];
	before(() => {
		asItWas = picture(store());
	});
	after(() => deepStrictEqual(picture(store()), asItWas));
}
