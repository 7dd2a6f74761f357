const factor = Number(process.env["RUNS_FACTOR"] ?? 1);

/** How often a property is tried: so often in every test run, a hundred times that with `npm run fuzz`. */
export function runs(count: number): number {
	return count * factor;
}

/** Whether there is time to try everything there is. */
export const exhaustive = factor > 1;
