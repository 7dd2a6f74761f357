import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WalEndReason } from "../../src/core/sqlite/wal/end";
import { imageBytes, openBytes } from "../support/images/openBytes";
import { committedStates } from "./committedStates";
import { exhaustive, runs } from "./runs";
import { type Story, stories, type ToldStory, tell } from "./story";

// Given a chain with one log that is damaged, its image ends in a finding, in the same state, or, where the log was cut
// at the end of a frame, in the state of an earlier commit: never in an exception, never in other bytes.

const HEADER_SIZE = 32;
const FRAME_HEADER_SIZE = 24;

/** What an edited log may come to. `log` counts from 0. */
interface Judge {
	readonly told: ToldStory;
	readonly log: number;
	/** States of the commits in the log, the one before it first. */
	readonly earlier: readonly Uint8Array[];
}

function judge(told: ToldStory, log: number): Judge {
	return { told, log, earlier: committedStates(told.states[log]!, told.wals[log]!) };
}

/** The log's snapshot with another log in its place. */
function openEdited({ told, log }: Judge, edited: Uint8Array) {
	const { image, report } = openBytes(told.base, [...told.wals.slice(0, log), edited]);
	return { bytes: imageBytes(image!), findings: report.findings };
}

function isOneOf(states: readonly Uint8Array[], bytes: Uint8Array): boolean {
	return states.some((state) => Buffer.compare(state, bytes) === 0);
}

/** `undefined`, or what is wrong with what a flipped bit came to. */
function wrongAfterFlip(judged: Judge, edited: Uint8Array): string | undefined {
	const { bytes, findings } = openEdited(judged, edited);
	if (findings.length === 0) {
		return isOneOf([judged.told.states[judged.log + 1]!], bytes) ? undefined : "other bytes without a finding";
	}
	return isOneOf(judged.earlier, bytes) ? undefined : "a finding, with bytes of no commit";
}

/** `undefined`, or what is wrong with what a cut came to. */
function wrongAfterCut(judged: Judge, edited: Uint8Array, pageSize: number): string | undefined {
	const { bytes, findings } = openEdited(judged, edited);
	const whole =
		edited.byteLength === 0 ||
		(edited.byteLength >= HEADER_SIZE && (edited.byteLength - HEADER_SIZE) % (FRAME_HEADER_SIZE + pageSize) === 0);
	if (!isOneOf(judged.earlier, bytes)) return "bytes of no commit";
	return whole === (findings.length === 0) ? undefined : `${findings.length} findings`;
}

test("one flipped bit in a log", () => {
	const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 20, maxLength: 200 });
	fc.assert(
		fc.property(stories(8), fc.nat(), flips, (story, pick, places) => {
			const told = tell(story);
			const judged = judge(told, pick % told.wals.length);
			const wal = told.wals[judged.log]!;
			fc.pre(wal.byteLength > 0);
			for (const [place, bit] of places) {
				const edited = wal.slice();
				edited[place % wal.byteLength]! ^= 1 << bit;
				expect(wrongAfterFlip(judged, edited), `byte ${place % wal.byteLength}, bit ${bit}`).toBeUndefined();
			}
		}),
		{ numRuns: runs(40) },
	);
});

test("a log that was cut", () => {
	fc.assert(
		fc.property(stories(8), fc.array(fc.nat(), { minLength: 20, maxLength: 100 }), (story, places) => {
			const told = tell(story);
			const log = told.wals.findLastIndex((wal) => wal.byteLength > 0);
			fc.pre(log >= 0);
			const judged = judge(told, log);
			const wal = told.wals[log]!;
			const frameSize = FRAME_HEADER_SIZE + story.pageSize;
			for (const place of places) {
				const anywhere = place % wal.byteLength;
				const atFrame = HEADER_SIZE + (place % Math.ceil((wal.byteLength - HEADER_SIZE) / frameSize)) * frameSize;
				for (const length of [anywhere, atFrame]) {
					expect(wrongAfterCut(judged, wal.slice(0, length), story.pageSize), `cut to ${length}`).toBeUndefined();
				}
			}
		}),
		{ numRuns: runs(40) },
	);
});

describe("bit by bit and length by length, a log that ends with", () => {
	const fill =
		"insert into u select zeroblob(300) from (with recursive n(v) as (select 1 union all select v + 1 from n limit 6) select v from n);";
	const create = "create table u(b);";
	const change = "update u set b = zeroblob(299);";
	const run = (sql: string) => ({ do: "run", sql }) as const;
	const [keep, cut] = [{ do: "keep" }, { do: "cut" }] as const;
	const spill = { do: "spill", sql: change } as const;
	const rewriting = { do: "spill", sql: `delete from u; ${change} ${fill} ${fill}` } as const;

	const endings: Record<string, readonly [WalEndReason, Story["steps"]]> = {
		"its last commit": ["end-of-file", [run(create), cut, run(fill), run("delete from u where rowid = 2"), cut]],
		"one commit of the size of a power of two": ["end-of-file", [run(create), run("pragma user_version = 3"), cut]],
		"a shrink": ["end-of-file", [run(create + fill), cut, run("delete from u where rowid > 1"), run("vacuum"), cut]],
		"frames of an older cycle": [
			"salt-mismatch",
			[run(create), run(fill), run(change), keep, run("delete from u where rowid = 2"), cut],
		],
		"frames of an older cycle that was rolled back": [
			"salt-mismatch",
			[
				run(create + fill),
				keep,
				run("delete from u"),
				spill,
				keep,
				run("select 1"),
				run("pragma user_version = 9"),
				cut,
			],
		],
		"a transaction that was rolled back": [
			"rolled-back",
			[run(create + fill), cut, run("pragma user_version = 3"), spill, run("pragma user_version = 4"), cut],
		],
		"a transaction that was rolled back unsigned": [
			"rolled-back",
			[run(create + fill), cut, run("pragma user_version = 3"), spill, rewriting, run("pragma user_version = 4"), cut],
		],
		"a transaction that was not committed": [
			"uncommitted",
			[run(create + fill), cut, run("pragma user_version = 3"), { ...spill, do: "spilling" }],
		],
	};

	/** All of them where the log keeps its books; one of each byte of a page, unless there is time. */
	const bitsAt = (place: number) => {
		const inPage = place >= HEADER_SIZE && (place - HEADER_SIZE) % (FRAME_HEADER_SIZE + 512) >= FRAME_HEADER_SIZE;
		return inPage && !exhaustive ? [place % 8] : [0, 1, 2, 3, 4, 5, 6, 7];
	};

	test.each(Object.entries(endings))("%s", (_, [reason, steps]) => {
		const told = tell({ pageSize: 512, autoVacuum: "none", steps });
		const judged = judge(told, told.wals.length - 1);
		const wal = told.wals.at(-1)!;
		expect(openBytes(told.base, told.wals).report.wals.at(-1)?.end?.reason).toBe(reason);
		const wrong: string[] = [];
		for (let place = 0; place < wal.byteLength; place++) {
			for (const bit of bitsAt(place)) {
				wal[place]! ^= 1 << bit;
				const why = wrongAfterFlip(judged, wal);
				wal[place]! ^= 1 << bit;
				if (why !== undefined) wrong.push(`byte ${place}, bit ${bit}: ${why}`);
			}
			const why = wrongAfterCut(judged, wal.subarray(0, place), 512);
			if (why !== undefined) wrong.push(`cut to ${place}: ${why}`);
		}
		expect(wrong).toEqual([]);
	});
});
