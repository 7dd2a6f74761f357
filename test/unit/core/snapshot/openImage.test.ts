import { describe, expect, onTestFinished, test } from "vitest";
import { bytesSource, FileError } from "../../../../src/core/files";
import { openImage } from "../../../../src/core/snapshot/openImage";
import { imageBytes, openBytes, SNAPSHOT } from "../../../support/images/openBytes";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { sealWal } from "../../../support/sqlite/sealWal";
import { writeWal } from "../../../support/sqlite/writeWal";

/** A base of three pages and three logs, with the database's own file at each of them. */
function story() {
	const live = new LiveDatabase({ pageSize: 1024 });
	onTestFinished(() => live.close());
	live.run("create table t(a); create table u(a)");
	const states = [live.file()];
	const snapshot = (sql: string) => {
		live.run(sql);
		const wal = live.cutWal();
		states.push(live.file());
		return wal;
	};
	const wals = [
		snapshot("insert into t values(1)"),
		snapshot("insert into t values(zeroblob(3000)); insert into u values(2)"),
		snapshot("insert into u values(3)"),
	] as const;
	return { base: states[0]!, wals, states };
}

function flipped(bytes: Uint8Array, offset: number): Uint8Array {
	const copy = Uint8Array.from(bytes);
	copy[offset]! ^= 1;
	return copy;
}

/** `frames applied/frames: end` of each log, then the findings. */
function said({ report }: ReturnType<typeof openBytes>): string[] {
	return [
		...report.wals.map(({ framesApplied, frames, end }) => `${framesApplied}/${frames}: ${end?.reason ?? "not read"}`),
		...report.findings.map(({ code, path, offset, frame, page }) =>
			[code, path, offset, frame, page].join(" ").trimEnd(),
		),
	];
}

test("a sound chain", () => {
	const { base, wals, states } = story();
	const { image, report } = openBytes(base, wals);

	expect(report).toEqual({
		base: { path: "base.sqlite", pages: 3 },
		pageSize: 1024,
		pageCount: 5,
		wals: [
			{ path: "wal-1", frames: 1, framesApplied: 1, end: { reason: "end-of-file" } },
			{ path: "wal-2", frames: 5, framesApplied: 5, end: { reason: "end-of-file" } },
			{ path: "wal-3", frames: 1, framesApplied: 1, end: { reason: "end-of-file" } },
		],
		findings: [],
		notes: [],
	});
	expect(Buffer.compare(imageBytes(image!), states[3]!)).toBe(0);
	expect([image!.pageSize, image!.pageCount, image!.changedPages, image!.sizeBytes]).toEqual([1024, 5, 5, 5120]);
});

describe("damage in a log stops the chain there, at its last sound commit", () => {
	test.each([
		[
			"a flipped bit",
			(wal: Uint8Array) => flipped(wal, 32 + 24 + 9),
			["1/1: end-of-file", "0/5: checksum-mismatch", "not", "wal-checksum-mismatch wal-2 32 1"],
		],
		[
			"in its second commit",
			(wal: Uint8Array) => flipped(wal, wal.byteLength - 1),
			["1/1: end-of-file", "4/5: checksum-mismatch", "not", "wal-checksum-mismatch wal-2 4224 5"],
		],
		[
			"a flipped salt",
			(wal: Uint8Array) => flipped(wal, 32 + 8),
			["1/1: end-of-file", "0/5: salt-mismatch", "not", "wal-salt-mismatch wal-2 32 1"],
		],
		[
			"a cut",
			(wal: Uint8Array) => wal.subarray(0, 2000),
			["1/1: end-of-file", "0/1: torn-frame", "not", "wal-torn-frame wal-2 1080 2"],
		],
		[
			"a header",
			(wal: Uint8Array) => flipped(wal, 20),
			["1/1: end-of-file", "0/0: bad-header", "not", "wal-bad-header wal-2 24"],
		],
		[
			"another page size",
			() => writeWal(512, []),
			["1/1: end-of-file", "0/0: bad-header", "not", "wal-bad-header wal-2 8"],
		],
	])("%s", (_, damage, expected) => {
		const { base, wals, states } = story();
		const opened = openBytes(base, [wals[0], damage(wals[1]), wals[2]]);

		expect(said(opened)).toEqual(expected.map((line) => (line === "not" ? "0/0: not read" : line)));
		expect(opened.report.findings[0]).toMatchObject({ severity: "error", snapshots: [SNAPSHOT] });
		const before = Buffer.compare(imageBytes(opened.image!), states[1]!) === 0;
		expect(before).toBe(!expected.includes("4/5: checksum-mismatch"));
	});
});

describe("a base", () => {
	test("that is no database leaves nothing to read", () => {
		const { base, wals } = story();
		const opened = openBytes(flipped(base, 3), wals);
		expect(opened.image).toBeUndefined();
		expect(said(opened)).toEqual(["0/0: not read", "0/0: not read", "0/0: not read", "base-damaged base.sqlite 3"]);
	});

	test.each([
		["is empty", 0, "base-damaged base.sqlite 0"],
		["ends in its header", 50, "base-damaged base.sqlite 50"],
	])("that %s", (_, length, expected) => {
		const { base } = story();
		expect(said(openBytes(base.subarray(0, length), []))).toEqual([expected]);
	});

	test("that was cut, inside a page or between two", () => {
		const { base, wals } = story();
		expect(said(openBytes(base.subarray(0, 2500), []))).toEqual(["base-damaged base.sqlite 2048  3"]);
		expect(said(openBytes(base.subarray(0, 2048), wals.slice(0, 1)))).toEqual([
			"0/0: not read",
			"base-damaged base.sqlite 2048  3",
		]);
		expect(said(openBytes(base.subarray(0, 700), []))).toEqual(["base-damaged base.sqlite 0  1"]);
	});

	test("that a reap was making longer is whole once the reap's own log is applied", () => {
		const { base, wals, states } = story();
		const half = base.subarray(0, 1024);
		// The log that a reap left brings only some of the pages.
		const short = openBytes(half, wals.slice(0, 2), 1);
		expect(said(short)).toEqual(["0/1: end-of-file", "0/0: not read", "image-incomplete wal-1   3"]);
		expect(short.image).toBeUndefined();
		const opened = openBytes(half, wals.slice(0, 2), 2);
		expect([said(opened), Buffer.compare(imageBytes(opened.image!), states[2]!)]).toEqual([
			["1/1: end-of-file", "5/5: end-of-file"],
			0,
		]);
	});
});

test("a log that is missing between two others shows where pages are missing", () => {
	const { base, wals, states } = story();
	const opened = openBytes(base, [wals[0], wals[2]]);
	expect(said(opened)).toEqual(["1/1: end-of-file", "0/1: end-of-file", "image-incomplete wal-2   4"]);
	expect(Buffer.compare(imageBytes(opened.image!), states[1]!)).toBe(0);
});

test("a commit of more pages than there are is left out, however many it claims", () => {
	const { base, wals, states } = story();
	const claiming = Uint8Array.from(wals[2]);
	const lastFrame = claiming.byteLength - 1024 - 24;
	new DataView(claiming.buffer).setUint32(lastFrame + 4, 2 ** 31 - 1);
	const opened = openBytes(base, [wals[0], wals[1], sealWal(claiming)]);
	expect(said(opened)).toEqual([
		"1/1: end-of-file",
		"5/5: end-of-file",
		"0/1: end-of-file",
		"image-incomplete wal-3   6",
	]);
	expect(Buffer.compare(imageBytes(opened.image!), states[2]!)).toBe(0);
});

test("a file that has become shorter since its log was read is an error that names it", () => {
	const { base } = story();
	let length = base.byteLength;
	const source = {
		sizeBytes: base.byteLength,
		readInto: (target: Uint8Array, offset: number) => bytesSource(base.subarray(0, length)).readInto(target, offset),
	};
	const { image } = openImage({ base: { path: "base.sqlite", source }, wals: [], pending: 0 }, SNAPSHOT);
	length = 1500;

	expect(() => imageBytes(image!)).toThrow(FileError);
	expect(() => imageBytes(image!)).toThrow("base.sqlite: the file ends at byte 1500; it was longer when it was opened");
});

test("opening can be cancelled", () => {
	const { base, wals } = story();
	const named = (path: string, bytes: Uint8Array) => ({ path, source: bytesSource(bytes) });
	const sources = { base: named("base.sqlite", base), wals: [named("wal", wals[0])], pending: 0 };
	expect(() => openImage(sources, SNAPSHOT, { cancel: AbortSignal.abort(new Error("enough")) })).toThrow("enough");
});

test("reading at, over and behind the end of an image", () => {
	const { base, wals, states } = story();
	const { image } = openBytes(base, wals);
	const read = (offset: number, length: number) => {
		const target = new Uint8Array(length).fill(0xaa);
		return [
			image!.readInto(target, offset),
			Buffer.compare(target.subarray(0, Math.max(0, 5120 - offset)), states[3]!.subarray(offset, offset + length)),
		];
	};
	expect([read(0, 0), read(5119, 1), read(4976, 1000), read(1023, 2), read(5120, 5), read(9999, 5)]).toEqual([
		[0, 0],
		[1, 0],
		[144, 0],
		[2, 0],
		[0, 0],
		[0, 0],
	]);
});
