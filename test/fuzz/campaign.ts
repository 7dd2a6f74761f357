import type { Random } from "../support/sample/random";
import { Coverage } from "./coverage";
import { mutate } from "./mutate";
import type { Target } from "./targets";

/** Runs a parser on an input; an error tells the input. */
export async function attempt(target: Target, input: Uint8Array): Promise<void> {
	try {
		await target.run(input);
	} catch (cause) {
		throw new Error(`${target.name} fails on ${Buffer.from(input).toString("base64")}: ${cause}`, { cause });
	}
}

/** Runs a parser on so many inputs that come of known ones. */
export async function fire(target: Target, known: readonly Uint8Array[], draw: Random, runs: number): Promise<void> {
	for (let n = 0; n < runs; n++) await attempt(target, next(target, known, draw));
}

/**
 * As `fire`, and keeps each input that reaches something new to go on from. Answers a part of them, shortest first, that
 * reaches as much as all.
 */
export async function explore(
	target: Target,
	known: readonly Uint8Array[],
	draw: Random,
	runs: number,
): Promise<readonly Uint8Array[]> {
	const pool = [...(await reachingMost(target, known))];
	const coverage = new Coverage();
	for (const input of pool) {
		await attempt(target, input);
		await coverage.grows();
	}
	for (let n = 0; n < runs; n++) {
		const input = next(target, pool, draw);
		await attempt(target, input);
		if (await coverage.grows()) pool.push(input);
	}
	return reachingMost(target, pool);
}

function next(target: Target, pool: readonly Uint8Array[], draw: Random): Uint8Array {
	const { maxBytes, grain } = target;
	const words = target.words.map((word) => Buffer.from(word, "latin1"));
	const input = mutate(draw.of(pool), draw.of(pool), draw, { maxBytes, grain, words });
	return target.repair?.(input, draw) ?? input;
}

async function reachingMost(target: Target, inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
	const kept: Uint8Array[] = [];
	await new Coverage().grows(); // what ran before is not theirs
	const coverage = new Coverage();
	for (const input of inputs.toSorted((a, b) => a.byteLength - b.byteLength)) {
		await attempt(target, input);
		if (await coverage.grows()) kept.push(input);
	}
	return kept;
}
