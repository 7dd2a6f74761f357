/** How often a property is tried: so often in every test run, a hundred times that with `npm run test:fuzz`. */
export function runs(count: number): number {
	return count * Number(process.env["RUNS_FACTOR"] ?? 1);
}
