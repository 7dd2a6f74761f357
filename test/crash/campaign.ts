import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Disk } from "../../src/store/disk/disk";
import { SnapshotStore } from "../../src/store/snapshotStore";
import { judgeCrashed, judgeRecovered } from "./judge";
import { type Call, type End, MortalDisk } from "./mortalDisk";
import type { Scenario } from "./scenarios";

/** Thousands of small copies: in memory where there is such a file system. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** An end: at a call, counted from 1; the one behind the last call is that after everything has been done. */
export interface Point {
	readonly call: number;
	readonly end: End;
}

/** Every end that leaves something else behind. */
export function pointsOf(calls: readonly Call[]): readonly Point[] {
	const last: Call = { name: "close", unsyncedData: 1, unsyncedNames: 1 };
	return [...calls, last].flatMap(({ name, unsyncedData, unsyncedNames }, position) => {
		const ends: End[] = ["kept"];
		if (name === "write") ends.push("torn");
		if (unsyncedData > 0 || unsyncedNames > 0) ends.push("lost");
		if (unsyncedData > 0 && unsyncedNames > 0) ends.push("data-lost", "names-lost");
		if (unsyncedNames > 1) ends.push("reordered");
		return ends.map((end) => ({ call: position + 1, end }));
	});
}

/** Plays a scenario again and again, and ends it each time at another point. */
export class Campaign {
	/** What went wrong, with the point. */
	readonly faults: string[] = [];
	/** Ends so far, those of recoveries included. */
	ends = 0;
	readonly #place = mkdtempSync(join(MEMORY, "crash-"));

	private constructor(readonly scenario: Scenario) {}

	static async of(scenario: Scenario): Promise<Campaign> {
		const campaign = new Campaign(scenario);
		mkdirSync(campaign.#store("prepared"), { recursive: true });
		await scenario.prepare(campaign.#store("prepared"));
		return campaign;
	}

	/** The directory that holds `store` as the scenario finds it. */
	get prepared(): string {
		return join(this.#place, "prepared");
	}

	/** The calls of the scenario when nothing ends it. */
	async play(): Promise<readonly Call[]> {
		const { calls } = await this.#run("prepared", this.#act);
		this.#note("played to its end", await judgeRecovered(this.#store("now"), done(this.scenario)));
		return calls;
	}

	/**
	 * Ends the scenario at a point, judges what is left, recovers, judges again. Where `secondEvery` is given, that recovery
	 * is ended as well, at the first of so many of its calls, and followed by another one.
	 */
	async endAt(point: Point, secondEvery?: number): Promise<void> {
		const name = `${point.end} at call ${point.call}`;
		const resolved = await this.#end("prepared", "crashed", this.#act, point, name);
		if (resolved) this.#note(name, await judgeCrashed(this.#store("crashed"), done(this.scenario)));
		const calls = await this.#recover("crashed", name, resolved ? done(this.scenario) : this.scenario);
		if (secondEvery === undefined) return;
		for (const [n, second] of pointsOf(calls).entries()) {
			if (n % secondEvery !== 0) continue;
			const both = `${name}, then ${second.end} at call ${second.call} of the recovery`;
			await this.#end("crashed", "crashed again", recover, second, both);
			await this.#recover("crashed again", both);
		}
	}

	dispose(): void {
		rmSync(this.#place, { recursive: true, force: true });
	}

	readonly #act = (directory: string, disk: Disk) => this.scenario.act(directory, disk);

	/** Answers whether the work was done before the end, or what ended did not matter to it. */
	async #end(from: string, to: string, act: Scenario["act"], point: Point, name: string): Promise<boolean> {
		this.ends++;
		const { resolved } = await this.#run(from, act, point);
		this.#copy("now", to);
		this.#note(name, await judgeCrashed(this.#store("now"), this.scenario));
		return resolved;
	}

	async #recover(from: string, name: string, required = this.scenario): Promise<readonly Call[]> {
		const { calls } = await this.#run(from, recover);
		this.#note(`${name}, recovered`, await judgeRecovered(this.#store("now"), required));
		return calls;
	}

	/** On a copy, which is called `now`. Without a point nothing ends it. */
	async #run(
		from: string,
		act: Scenario["act"],
		point?: Point,
	): Promise<{ calls: readonly Call[]; resolved: boolean }> {
		this.#copy(from, "now");
		const trash = join(this.#place, "trash");
		rmSync(trash, { recursive: true, force: true });
		mkdirSync(trash);
		const disk = new MortalDisk(trash, point?.call, point?.end);
		let resolved = true;
		try {
			await act(this.#store("now"), disk);
			if (point && !disk.dead) disk.cut();
		} catch (error) {
			if (!disk.dead) throw error;
			resolved = false; // what the dead say does not count
		} finally {
			disk.dispose();
		}
		return { calls: disk.calls, resolved };
	}

	#note(name: string, faults: readonly string[]): void {
		this.faults.push(...faults.map((fault) => `${name}: ${fault}`));
	}

	#copy(from: string, to: string): void {
		rmSync(join(this.#place, to), { recursive: true, force: true });
		cpSync(join(this.#place, from), join(this.#place, to), { recursive: true });
	}

	#store(copy: string): string {
		return join(this.#place, copy, "store");
	}
}

/** What a scenario must have come to once its promise has resolved. */
function done(scenario: Scenario): Scenario {
	const outcome = scenario.outcomes.at(-1)!;
	const { restored } = scenario;
	return { ...scenario, outcomes: [outcome], promised: outcome, ...(restored && { restored: restored.slice(-1) }) };
}

async function recover(directory: string, disk: Disk): Promise<void> {
	await SnapshotStore.open(directory, { disk });
}
