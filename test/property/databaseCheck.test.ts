import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type CheckedImage, DatabaseCheck } from "../../src/core/sqlite/btree/databaseCheck";
import { openBytes } from "../support/images/openBytes";
import { pageSizeOf, wholeImage } from "../support/images/wholeImage";
import { MemorySqlite } from "../support/sqlite/memorySqlite";
import { changes, formats } from "./databases";
import { disagreement } from "./disagreement";
import { damaged, damages, type PageDamage } from "./pageDamage";
import { runs } from "./runs";
import { stories, tell } from "./story";

let sqlite: MemorySqlite;
beforeAll(async () => {
	sqlite = await MemorySqlite.load();
});

function checkWhole(image: CheckedImage) {
	return new DatabaseCheck().check(image);
}

/** Pages that two states both have, and that differ. */
function changedPages(before: Uint8Array, after: Uint8Array, pageSize: number): number[] {
	const changed: number[] = [];
	const end = Math.min(before.byteLength, after.byteLength);
	for (let at = 0; at + pageSize <= end; at += pageSize) {
		const [was, is] = [before.subarray(at, at + pageSize), after.subarray(at, at + pageSize)];
		if (Buffer.compare(was, is) !== 0) changed.push(at / pageSize + 1);
	}
	return changed;
}

/** The states that a database goes through: one for its making and one for each change. */
function live(format: string, steps: readonly string[]): Uint8Array[] {
	const states = [sqlite.write(format)];
	for (const step of steps) states.push(sqlite.write(step, states.at(-1)));
	return states;
}

test("whatever SQLite does to a database, nothing is found in any state, by reading all or what changed", () => {
	fc.assert(
		fc.property(formats, fc.array(changes, { minLength: 1, maxLength: 15 }), (format, steps) => {
			const states = live(format, steps);
			const pageSize = pageSizeOf(states[0]!);
			const following = new DatabaseCheck();
			states.forEach((state, n) => {
				const changed = n === 0 ? undefined : changedPages(states[n - 1]!, state, pageSize);
				expect(following.check(wholeImage(state), { changed })).toEqual({ faults: [], count: 0 });
				expect(checkWhole(wholeImage(state))).toMatchObject({ faults: [], count: 0 });
			});
		}),
		{ numRuns: runs(20) },
	);
});

test("nothing is found in any snapshot of a chain, by what each log changes", () => {
	fc.assert(
		fc.property(stories(10), (story) => {
			const { base, wals } = tell(story);
			const following = new DatabaseCheck();
			for (let snapshot = 0; snapshot <= wals.length; snapshot++) {
				const { image } = openBytes(base, wals.slice(0, snapshot));
				const changed = snapshot === 0 ? undefined : framesOf(wals[snapshot - 1]!);
				expect(following.check(image!, { changed })).toMatchObject({ faults: [], count: 0 });
			}
		}),
		{ numRuns: runs(15) },
	);
});

/** Page numbers of all frames of a log, whether they count or not. */
function framesOf(wal: Uint8Array): number[] {
	const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
	const pages: number[] = [];
	for (let at = 32; at + 24 < wal.byteLength; at += 24 + view.getUint32(8)) pages.push(view.getUint32(at));
	return pages;
}

test("of a damaged database we say that it is damaged where SQLite says so, and where it does not we do not", () => {
	const inflicted = fc.array(damages, { minLength: 5, maxLength: 40 });
	fc.assert(
		fc.property(formats, fc.array(changes, { minLength: 2, maxLength: 8 }), inflicted, (format, steps, inflicted) => {
			const states = live(format, steps);
			const file = states.at(-1)!;
			const pageSize = pageSizeOf(file);
			for (const damage of inflicted) {
				const apart = disagreement(sqlite, damaged(file, pageSize, damage, states.at(-2)!), pageSize);
				expect(apart, JSON.stringify(damage)).toBeUndefined();
			}
		}),
		{ numRuns: runs(20) },
	);
});

test("reading what changed finds what reading all finds, through damage and repair", () => {
	const step = fc.record({ change: changes, damage: fc.option(fc.array(damages, { minLength: 1, maxLength: 3 })) });
	fc.assert(
		fc.property(formats, fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(), (format, steps, also) => {
			let file = sqlite.write(format);
			const pageSize = pageSizeOf(file);
			const following = new DatabaseCheck();
			following.check(wholeImage(file));
			let seen = file;
			const see = (state: Uint8Array) => {
				// More pages may be named than have changed.
				const changed = [...changedPages(seen, state, pageSize), (also % (state.byteLength / pageSize)) + 1];
				const image = wholeImage(state, pageSize);
				expect(following.check(image, { changed })).toEqual(checkWhole(image));
				seen = state;
			};
			for (const { change, damage } of steps) {
				const older = file;
				file = sqlite.write(change, file);
				see(file);
				if (damage) see(allDamaged(file, pageSize, damage, older));
				if (damage) see(file);
			}
		}),
		{ numRuns: runs(20) },
	);
});

function allDamaged(
	file: Uint8Array,
	pageSize: number,
	inflicted: readonly PageDamage[],
	older: Uint8Array,
): Uint8Array {
	return inflicted.reduce((state, damage) => damaged(state, pageSize, damage, older), file);
}

test("whatever the pages hold, the check ends, and reads little more than the file", () => {
	fc.assert(
		fc.property(
			formats,
			fc.array(changes, { minLength: 2, maxLength: 6 }),
			fc.array(damages, { minLength: 10, maxLength: 300 }),
			(format, steps, inflicted) => {
				const states = live(format, steps);
				const file = states.at(-1)!;
				const pageSize = pageSizeOf(file);
				const image = wholeImage(allDamaged(file, pageSize, inflicted, states[0]!), pageSize);
				let bytesRead = 0;
				const readInto = (target: Uint8Array, offset: number) => {
					bytesRead += target.byteLength;
					return image.readInto(target, offset);
				};
				checkWhole({ ...image, readInto });
				expect(bytesRead).toBeLessThan(8 * image.sizeBytes + 1000 * pageSize);
			},
		),
		{ numRuns: runs(20) },
	);
});
