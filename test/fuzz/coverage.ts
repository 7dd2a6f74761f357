import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";

/** Whether inputs that reach something new are kept, which takes longer. */
export const keeps = process.env["FUZZ_KEEPS"] === "yes";

// V8 counts the branches of functions that it compiles from now on: this module is loaded before the parsers.
const session = new Session();
if (keeps) {
	session.connect();
	await session.post("Profiler.enable");
	await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
}

/** What inputs have reached of the parsers' own code. */
export class Coverage {
	/** How often one input has reached each place, as a power of two: the most of any so far. */
	readonly #seen = new Map<string, number>();

	/** Whether what ran since the last look, of this or another, reached a place that nothing before it had, or one twice as often. */
	async grows(): Promise<boolean> {
		const { result } = await session.post("Profiler.takePreciseCoverage");
		let grows = false;
		for (const { url, functions } of result) {
			if (!url.includes("/src/core/")) continue;
			for (const { ranges } of functions) for (const range of ranges) if (this.#note(url, range)) grows = true;
		}
		return grows;
	}

	#note(url: string, { startOffset, endOffset, count }: Profiler.CoverageRange): boolean {
		if (count === 0) return false;
		const place = `${url} ${startOffset} ${endOffset}`;
		const often = Math.floor(Math.log2(count));
		if ((this.#seen.get(place) ?? -1) >= often) return false;
		this.#seen.set(place, often);
		return true;
	}
}
