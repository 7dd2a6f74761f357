import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { SnapshotStore } from "../../src/store/snapshotStore";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { buildProgram } from "./buildProgram";
import { Campaign, pointsOf } from "./campaign";
import { judgeCrashed, judgeRecovered } from "./judge";
import { SCENARIOS } from "./scenarios";

/** Processes for each scenario. */
const COUNT = process.env["CRASH_POINTS"] === "all" ? 40 : 2;

let program: string;
beforeAll(async () => {
	program = await buildProgram("killed");
});

test.each(SCENARIOS)("$name: a process that is killed loses nothing that was promised", async (scenario) => {
	const campaign = await Campaign.of(scenario);
	try {
		const points = pointsOf(await campaign.play()).filter(({ end }) => end === "kept" || end === "torn");
		const every = Math.max(1, Math.floor(points.length / COUNT));
		// Not the first call, before which nothing has been done, nor the one behind the last.
		const chosen = points.slice(0, -1).filter((_, n) => n % every === every - 1);
		for (const { call, end } of chosen) {
			const place = temporaryDirectory();
			cpSync(campaign.prepared, place, { recursive: true });
			const store = join(place, "store");
			expect(await signalThatEnded([scenario.name, store, String(call), end])).toBe("SIGKILL");
			expect(await judgeCrashed(store, scenario)).toEqual([]);
			letTimePass(store);
			await (await SnapshotStore.open(store)).recover();
			expect(await judgeRecovered(store, scenario)).toEqual([]);
		}
		console.log(`${scenario.name}: ${chosen.length} processes killed`);
	} finally {
		campaign.dispose();
	}
});

async function signalThatEnded(args: readonly string[]): Promise<string | null> {
	const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "ignore", "inherit"] });
	const [, signal] = await once(child, "exit");
	return signal;
}

/** The lock that the dead process has left counts no more when nobody has renewed it for long. */
function letTimePass(store: string): void {
	const lock = join(store, "lock");
	if (existsSync(lock)) utimesSync(lock, 0, 0);
}
