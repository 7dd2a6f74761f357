import { expect, test } from "vitest";
import { checkedChoice } from "../../../src/extension/panel/checkedChoice";

test("takes of what a page says what it may say", () => {
	const query = { sql: "select ?", parameters: new Uint8Array(4) };
	expect(checkedChoice({ queries: [query], object: "t", partial: true })).toEqual({
		queries: [query],
		object: "t",
		partial: true,
	});
	const nothing = { queries: [], object: undefined, partial: false };
	for (const value of [undefined, null, "export", { queries: "all", object: 1, partial: "yes" }])
		expect(checkedChoice(value)).toEqual(nothing);
	expect(checkedChoice({ queries: [null, {}, { sql: 1 }, { sql: "select 1", parameters: [] }] })).toEqual(nothing);
});
