import type { Store } from "../../core/snapshot/model";

/** Name of the generation that the next full snapshot starts: ten digits or more; the first has number 1. */
export function nextGeneration({ generations }: Store): string {
	return String(BigInt(generations.at(-1)?.name ?? 0) + 1n).padStart(10, "0");
}
