import { expect, test } from "vitest";
import { Random } from "../support/sample/random";
import { DAMAGES, damage } from "./damages";
import { judge, OUTCOMES, type Outcome, tellOf } from "./judge";
import { type SoundStore, soundStores } from "./stores";

const COUNT = Number(process.env["DAMAGES"] ?? 1500);
const SEED = Number(process.env["SEED"] ?? 1);

/** A long campaign shows how far it is after each so many. */
const SHOWN_AFTER = 10_000;

test(`${COUNT} damages at random: each is reported, or changes nothing, or nothing can tell of it`, async () => {
	const stores = soundStores();
	const known = new Map<SoundStore, ReadonlySet<string>>();
	for (const store of stores) known.set(store, await tellOf(store));
	const table = new Map(Object.keys(DAMAGES).map((kind) => [kind, new Map<Outcome, number>()]));
	const silent: string[] = [];
	for (let n = 0; n < COUNT; n++) {
		if (n > 0 && n % SHOWN_AFTER === 0) console.log(`${n} damages, ${silent.length} silent\n${text(table)}`);
		const draw = new Random(SEED * 1_000_003 + n);
		const sound: SoundStore = draw.of(stores);
		const kind = draw.of(Object.keys(DAMAGES));
		const done = damage(kind, sound, draw);
		if (!done) continue;
		const outcome = await judge(sound, done, known.get(sound)!);
		const row = table.get(kind)!;
		row.set(outcome, (row.get(outcome) ?? 0) + 1);
		if (outcome === "silent") silent.push(`${n}: ${sound.layout}, ${kind}, ${done.path} at ${done.offset}`);
	}
	console.log(text(table));
	expect(silent).toEqual([]);
});

/** A row for each kind of damage, a column for each outcome that there was. */
function text(table: ReadonlyMap<string, ReadonlyMap<Outcome, number>>): string {
	const outcomes = OUTCOMES.filter((outcome) => [...table.values()].some((row) => row.has(outcome)));
	const lines = [
		["", ...outcomes],
		["---", ...outcomes.map(() => "---:")],
	];
	for (const [kind, row] of table) lines.push([kind, ...outcomes.map((outcome) => `${row.get(outcome) ?? 0}`)]);
	return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}
