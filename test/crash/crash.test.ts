import { expect, test } from "vitest";
import { Campaign, pointsOf } from "./campaign";
import { SCENARIOS } from "./scenarios";

/** Every end, and every end of each recovery; or, for every day, all of the first and a sample of the second kind. */
const thorough = process.env["CRASH_POINTS"] === "all";

test.each(SCENARIOS)("$name: whenever it ends, nothing is lost that was promised", async (scenario) => {
	const campaign = await Campaign.of(scenario);
	try {
		const points = pointsOf(await campaign.play());
		for (const [n, point] of points.entries()) {
			await campaign.endAt(point, thorough ? 1 : n % 20 === 0 ? 5 : undefined);
		}
		console.log(`${scenario.name}: ${points.length} ends, ${campaign.ends - points.length} of recoveries`);
		expect(campaign.faults.slice(0, 20)).toEqual([]);
	} finally {
		campaign.dispose();
	}
});
