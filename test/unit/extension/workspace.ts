import type { Kept } from "../../../src/extension/queries/kept";

/** As VS Code keeps it: JSON, and nothing under a key that is set to `undefined`. */
export function workspace(): Kept & { readonly values: Map<string, string> } {
	const values = new Map<string, string>();
	return {
		values,
		get: (key) => JSON.parse(values.get(key) ?? "null"),
		update: async (key, value) => {
			if (value === undefined) values.delete(key);
			else values.set(key, JSON.stringify(value));
		},
	};
}
