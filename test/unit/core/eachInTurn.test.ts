import { expect, test } from "vitest";
import { eachInTurn } from "../../../src/core/eachInTurn";

const ITEMS = Array.from({ length: 100 }, (_, n) => n);

/** Waits for others longer the earlier it came. */
async function patiently(n: number): Promise<number> {
	for (let wait = ITEMS.length - n; wait > 0; wait--) await undefined;
	return 2 * n;
}

test("results are in the order of the items, whichever is first", async () => {
	let underWay = 0;
	let most = 0;
	const results = await eachInTurn(ITEMS, async (n) => {
		most = Math.max(most, ++underWay);
		const result = await patiently(n);
		underWay--;
		return result;
	});
	expect(results).toEqual(ITEMS.map((n) => 2 * n));
	expect(most).toBe(16);
	expect(await eachInTurn([], patiently)).toEqual([]);
});

test("where one fails, none is begun any more", async () => {
	const begun: number[] = [];
	const work = async (n: number) => {
		begun.push(n);
		if (n === 20) throw new Error("no more");
		return patiently(n);
	};
	await expect(eachInTurn(ITEMS, work)).rejects.toThrow("no more");
	await patiently(0);
	expect(begun).not.toContain(99);
});

test("it can be cancelled", async () => {
	const controller = new AbortController();
	const begun: number[] = [];
	const work = async (n: number) => {
		begun.push(n);
		if (n === 20) controller.abort(new Error("enough"));
		return patiently(n);
	};
	await expect(eachInTurn(ITEMS, work, controller.signal)).rejects.toThrow("enough");
	expect(begun.length).toBeLessThan(ITEMS.length);
});
