import { expect, test } from "vitest";
import { compareSnapshotIds, createdAt, parseSnapshotId } from "../../../../src/core/snapshot/snapshotId";

test("term, index and milliseconds", () => {
	expect(parseSnapshotId("2-7-1795387547713")).toEqual({
		id: "2-7-1795387547713",
		term: 2n,
		index: 7n,
		milliseconds: 1795387547713n,
	});
	expect(parseSnapshotId("18446744073709551615-18446744073709551615-0")?.index).toBe(2n ** 64n - 1n);
});

test.each([
	"",
	"2-7",
	"2-7-1-1",
	"2-7-",
	"-2-7-1",
	"2-7-1.tmp",
	" 2-7-1",
	"2-7-1\n",
	"2-0x7-1",
	"2-7-1e3",
	"٢-٧-١",
	"18446744073709551616-1-1",
	"1-18446744073709551616-1",
	"1-1-123456789012345678901",
])("%j is none", (name) => {
	expect(parseSnapshotId(name)).toBeUndefined();
});

test("the time of creation, as far as it can be shown", () => {
	const at = (milliseconds: string) => createdAt(parseSnapshotId(`1-1-${milliseconds}`)!);
	expect([at("1795387547713"), at("0"), at("8640000000000000")]).toEqual([
		new Date(1795387547713),
		new Date(0),
		new Date(8640000000000000),
	]);
	expect([at("8640000000000001"), at("99999999999999999999")]).toEqual([undefined, undefined]);
});

test("the order is that of numbers; equal ones go by their text", () => {
	const sorted = (...ids: string[]) =>
		ids
			.map((id) => parseSnapshotId(id)!)
			.sort(compareSnapshotIds)
			.map(({ id }) => id);
	expect(sorted("3-1-1", "2-105-1", "2-9-2", "2-9-10", "02-9-2")).toEqual([
		"02-9-2",
		"2-9-2",
		"2-9-10",
		"2-105-1",
		"3-1-1",
	]);
});
