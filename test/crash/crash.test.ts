import { expect, test } from "vitest";
import { Campaign, pointsOf } from "./campaign";
import { SCENARIOS } from "./scenarios";

/** Every end, and every end of each recovery; or, for every day, a sample of both. */
const thorough = process.env["CRASH_POINTS"] === "all";
const SAMPLE = 60;

test.each(SCENARIOS)("$name: whenever it ends, nothing is lost that was promised", async (scenario) => {
	const campaign = await Campaign.of(scenario);
	try {
		const all = pointsOf(await campaign.play());
		const points = thorough ? all : all.filter((_, n) => n % Math.ceil(all.length / SAMPLE) === 0);
		for (const [n, point] of points.entries()) {
			await campaign.endAt(point, thorough ? 1 : n % 20 === 10 ? 7 : undefined);
		}
		const recoveries = campaign.ends - points.length;
		console.log(`${scenario.name}: ${points.length} of ${all.length} ends, and ${recoveries} of recoveries`);
		expect(campaign.faults.slice(0, 20)).toEqual([]);
	} finally {
		campaign.dispose();
	}
});
