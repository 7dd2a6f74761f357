import { expect, test } from "vitest";
import { Campaign, pointsOf } from "./campaign";
import { SCENARIOS } from "./scenarios";

/** Every end, and every third one of each recovery; or, for every day, a sample of both. */
const thorough = process.env["CRASH_POINTS"] === "all";
const SAMPLE = 40;

test.each(SCENARIOS)("$name: whenever it ends, nothing is lost that was promised", async (scenario) => {
	const campaign = await Campaign.of(scenario);
	try {
		const calls = await campaign.play();
		const all = pointsOf(calls);
		const every = thorough ? 1 : Math.ceil(all.length / SAMPLE);
		// A power cut after all is done is always tried: what was promised when the promise resolved must be durable.
		const points = all.filter(({ call }, n) => n % every === 0 || call > calls.length);
		for (const [n, point] of points.entries()) {
			await campaign.endAt(point, thorough ? 3 : n % 20 === 10 ? 7 : undefined);
		}
		const recoveries = campaign.ends - points.length;
		console.log(`${scenario.name}: ${points.length} of ${all.length} ends, and ${recoveries} of recoveries`);
		expect(campaign.faults.slice(0, 20)).toEqual([]);
	} finally {
		campaign.dispose();
	}
});
