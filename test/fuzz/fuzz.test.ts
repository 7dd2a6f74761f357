import { describe, expect, test } from "vitest";
import { Random } from "../support/sample/random";
import { attempt, explore, fire } from "./campaign";
import { readCorpus, writeCorpus } from "./corpus";
import { keeps } from "./coverage";
import { TARGETS } from "./targets";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
const SEED = Number(process.env["SEED"] ?? 1);

describe.each(TARGETS)("$name", (target) => {
	const corpus = readCorpus(target.name);

	test("what was kept of earlier campaigns, and what is sound", async () => {
		expect(corpus.length).toBeGreaterThan(0);
		for (const input of [...target.seeds, ...corpus]) await attempt(target, input);
	});

	test.runIf(!keeps)(`${RUNS} inputs that come of those`, async () => {
		await fire(target, [...target.seeds, ...corpus], new Random(SEED), RUNS);
	});

	test.runIf(keeps)(`${RUNS} inputs that come of those, and of each that reaches something new`, async () => {
		const kept = await explore(target, [...target.seeds, ...corpus], new Random(SEED), RUNS);
		console.log(`${target.name}: ${kept.length} inputs reach what all do, ${corpus.length} did before`);
		writeCorpus(target.name, kept);
	});
});
