import type { Cancellation } from "./files";

/** On their way at once: enough to keep a disk busy, few enough to leave it to others. */
const IN_FLIGHT = 16;

/** What `work` makes of each item, in the items' order, a few at a time. Where one fails, none is begun any more. */
export async function eachInTurn<Item, Result>(
	items: readonly Item[],
	work: (item: Item) => Promise<Result>,
	cancel?: Cancellation,
): Promise<readonly Result[]> {
	const results = new Array<Result>(items.length);
	let next = 0;
	const takeTurns = async () => {
		while (next < items.length) {
			const at = next++;
			try {
				cancel?.throwIfAborted();
				results[at] = await work(items[at]!);
			} catch (error) {
				next = items.length;
				throw error;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, items.length) }, takeTurns));
	return results;
}
