import { describe, expect, test } from "vitest";
import { bytesSource } from "../../../../../src/core/files";
import { readLater, readNow } from "../../../../../src/core/reading";
import { isDamage } from "../../../../../src/core/sqlite/wal/end";
import { scanWal, type WalScan } from "../../../../../src/core/sqlite/wal/scan";
import { sealWal } from "../../../../support/sqlite/sealWal";
import { type Frame, writeWal } from "../../../../support/sqlite/writeWal";

const PAGE_SIZE = 512;
const FRAME_SIZE = 24 + PAGE_SIZE;
const OURS = [100, 200] as const;
const OLDER = [99, 7777] as const;
const OLDEST = [98, 8888] as const;

/** `2 3:5` is a frame of page 2, then a commit frame of page 3 after which the database has 5 pages. */
function frames(text: string): Frame[] {
	return text
		.split(" ")
		.filter((frame) => frame !== "")
		.map((frame, n) => {
			const [pageNumber = 0, commit] = frame.split(":").map(Number);
			const page = new Uint8Array(PAGE_SIZE).fill(pageNumber * 16 + n + 1);
			return commit === undefined ? { pageNumber, page } : { pageNumber, page, commit };
		});
}

function log(text: string, salts: readonly [number, number] = OURS): Uint8Array {
	return writeWal(PAGE_SIZE, frames(text), { salts });
}

/** A log over an older, longer one of the same file: as SQLite writes when it starts over without cutting. */
function over(front: Uint8Array, back: Uint8Array): Uint8Array {
	const wal = back.slice();
	wal.set(front);
	return wal;
}

/** The log with bytes of frame n, from 1, changed; the checksums stay. */
function edited(wal: Uint8Array, n: number, edit: (frame: DataView) => void): Uint8Array {
	const copy = wal.slice();
	edit(new DataView(copy.buffer, 32 + (n - 1) * FRAME_SIZE, FRAME_SIZE));
	return copy;
}

/** Empties salts and checksums of frames, from 1, as a transaction that wrote a page twice leaves them. */
function unsigned(wal: Uint8Array, ...ns: number[]): Uint8Array {
	return ns.reduce(
		(log, n) => edited(log, n, (frame) => new Uint8Array(frame.buffer, frame.byteOffset + 8, 16).fill(0)),
		wal,
	);
}

function scan(wal: Uint8Array): WalScan {
	return readNow(scanWal(wal.byteLength, PAGE_SIZE), bytesSource(wal));
}

/** `applied frames/whole frames, pages → size of the database: end`. */
function said(wal: Uint8Array): string {
	const { frames, framesApplied, pageNumbers, pageCount, end } = scan(wal);
	const { reason, ...place } = end;
	const where = Object.entries(place).map(([name, value]) => `${name} ${value}`);
	return `${framesApplied}/${frames}, ${[...pageNumbers].join(" ")} → ${pageCount}: ${[reason, ...where].join(", ")}${isDamage(end) ? ", damage" : ""}`;
}

const offset = (frame: number) => 32 + (frame - 1) * FRAME_SIZE;

describe("a clean end", () => {
	test.each([
		["no bytes", new Uint8Array(0), "0/0,  → 0: end-of-file"],
		["a header alone", log(""), "0/0,  → 0: end-of-file"],
		["one commit", log("1 2:2"), "2/2, 1 2 → 2: end-of-file"],
		["several, the size of the last one counts", log("1 2:2 3:3 1:1"), "4/4, 1 2 3 1 → 1: end-of-file"],
		["big-endian words", writeWal(PAGE_SIZE, frames("1 2:2"), { bigEndian: true }), "2/2, 1 2 → 2: end-of-file"],
	])("%s", (_, wal, expected) => {
		expect(said(wal)).toBe(expected);
	});
});

describe("a damaged header", () => {
	test.each([
		["1 byte", log("1:1").subarray(0, 1), "offset 1, message the file ends after 1 of the 32 bytes of a WAL header"],
		[
			"31 bytes",
			log("1:1").subarray(0, 31),
			"offset 31, message the file ends after 31 of the 32 bytes of a WAL header",
		],
		["magic", new Uint8Array(600), "offset 0, message the magic number 0x00000000 is not that of a WAL"],
		["checksum", log("1:1").fill(9, 12, 13), "offset 24, message the header's checksum is wrong"],
		[
			"pages of another size than the base's",
			writeWal(1024, []),
			"offset 8, message the WAL's pages have 1024 bytes, those of its database 512",
		],
	])("%s", (_, wal, expected) => {
		expect(said(wal)).toBe(`0/0,  → 0: bad-header, ${expected}, damage`);
	});
});

describe("a file that was cut", () => {
	const wal = log("1 2:2 3:3");

	test.each([
		[
			"in the first frame's header",
			32 + 1,
			`0/0,  → 0: torn-frame, frame 1, offset 32, missing ${FRAME_SIZE - 1}, damage`,
		],
		[
			"in the first frame's page",
			32 + 30,
			`0/0,  → 0: torn-frame, frame 1, offset 32, missing ${FRAME_SIZE - 30}, damage`,
		],
		[
			"in an uncommitted frame",
			offset(2) + 5,
			`0/1,  → 0: torn-frame, frame 2, offset ${offset(2)}, missing ${FRAME_SIZE - 5}, damage`,
		],
		[
			"one byte before its end",
			wal.byteLength - 1,
			`2/2, 1 2 → 2: torn-frame, frame 3, offset ${offset(3)}, missing 1, damage`,
		],
		["between two commits", offset(3), "2/2, 1 2 → 2: end-of-file"],
		["between two frames of one", offset(2), `0/1,  → 0: uncommitted, frame 1, offset 32`],
	])("%s", (_, length, expected) => {
		expect(said(wal.subarray(0, length))).toBe(expected);
	});
});

describe("frames of an older cycle", () => {
	test.each([
		[
			"behind a commit",
			over(log("1 2:2"), log("4 5 6:9", OLDER)),
			`2/3, 1 2 → 2: salt-mismatch, frame 3, offset ${offset(3)}, damaged false`,
		],
		[
			"of two cycles",
			over(log("1:2"), over(log("4 5:5", OLDER), log("6 7 8 9:9", OLDEST))),
			`1/4, 1 → 2: salt-mismatch, frame 2, offset ${offset(2)}, damaged false`,
		],
		["alone", over(log(""), log("4 5:9", OLDER)), "0/2,  → 0: salt-mismatch, frame 1, offset 32, damaged false"],
		[
			"behind frames not committed",
			over(log("1:1 2"), log("4 5 6:9", OLDER)),
			`1/3, 1 → 1: uncommitted, frame 2, offset ${offset(2)}`,
		],
	])("%s", (_, wal, expected) => {
		expect(said(wal)).toBe(expected);
	});

	const stale = over(log("1:1"), log("4 5 6:6 7:9", OLDER));
	const damage = `1/4, 1 → 1: salt-mismatch, frame 2, offset ${offset(2)}, damaged true, damage`;
	test.each([
		["one salt is the log's", edited(stale, 3, (frame) => frame.setUint32(8, OURS[0]))],
		["the other salt is the log's", edited(stale, 2, (frame) => frame.setUint32(12, OURS[1]))],
		[
			"a frame of zeros",
			edited(stale, 4, (frame) => new Uint8Array(frame.buffer, frame.byteOffset, FRAME_SIZE).fill(0)),
		],
		["a page number of zero", edited(stale, 2, (frame) => frame.setUint32(0, 0))],
		["a commit that does not follow", edited(stale, 3, (frame) => frame.setUint8(100, 255))],
		[
			"a frame of the log behind it",
			edited(log("1:1 2 3 4:4"), 2, (frame) => {
				frame.setUint32(8, 9);
				frame.setUint32(12, 9);
			}),
		],
	])("are damage where %s", (_, wal) => {
		expect(said(wal)).toBe(damage);
	});

	test("may have been rolled back themselves: no commit mark behind the break", () => {
		expect(
			said(
				over(
					log("1:1"),
					edited(log("4 5:5 6 7", OLDER), 3, (frame) => frame.setUint8(100, 255)),
				),
			),
		).toBe(`1/4, 1 → 1: salt-mismatch, frame 2, offset ${offset(2)}, damaged false`);
	});
});

describe("salts of the first frame behind a commit are wrong, but its checksum goes on", () => {
	test.each([[8], [12], [8, 12]])("at byte %i of the frame", (...places) => {
		const wal = edited(log("1:1 2:2"), 2, (frame) => {
			for (const at of places) frame.setUint32(at, frame.getUint32(at) ^ 4);
		});
		expect(said(wal)).toBe(`1/2, 1 → 1: salt-mismatch, frame 2, offset ${offset(2)}, damaged true, damage`);
	});
});

describe("frames without a commit", () => {
	const broken = (wal: Uint8Array, n: number) => edited(wal, n, (frame) => frame.setUint8(100, 255));

	test.each([
		["sound: not committed", log("1:1 2 3"), `1/3, 1 → 1: uncommitted, frame 2, offset ${offset(2)}`],
		["alone", log("2 3"), "0/2,  → 0: uncommitted, frame 1, offset 32"],
		[
			"checksums that do not follow: rolled back",
			broken(log("1:1 2 3 4"), 2),
			`1/4, 1 → 1: rolled-back, frame 2, offset ${offset(2)}`,
		],
		["sound, then rolled back", broken(log("1:1 2 3 4"), 3), `1/4, 1 → 1: uncommitted, frame 2, offset ${offset(2)}`],
		["unsigned", unsigned(log("1:1 2 3"), 2, 3), `1/3, 1 → 1: rolled-back, frame 2, offset ${offset(2)}`],
		[
			"unsigned, and rolled back before that",
			unsigned(broken(log("1:1 2 3 4 5"), 4), 2, 3),
			`1/5, 1 → 1: rolled-back, frame 2, offset ${offset(2)}`,
		],
		[
			"rolled back, then older",
			broken(over(log("1:1 2"), log("4 5 6:6", OLDER)), 2),
			`1/3, 1 → 1: rolled-back, frame 2, offset ${offset(2)}`,
		],
	])("%s", (_, wal, expected) => {
		expect(said(wal)).toBe(expected);
	});
});

describe("a checksum that does not continue, with a commit mark", () => {
	const flip = (wal: Uint8Array, n: number, at: number, bit = 0) =>
		edited(wal, n, (frame) => frame.setUint8(at, frame.getUint8(at) ^ (1 << bit)));

	test.each([
		["in that frame", flip(log("1:1 2:2"), 2, 200), 2],
		["behind it", flip(log("1:1 2 3 4:4"), 2, 200), 2],
		["in a later transaction", flip(log("1:1 2:2 3 4:4"), 3, 23), 3],
		["behind unsigned frames", unsigned(log("1:1 2 3 4:4"), 2, 3), 2],
		["whose size is wrong", flip(log("1:1 2:2"), 2, 7, 5), 2],
		["on a frame whose page number is gone", edited(log("1:1 2:2"), 2, (frame) => frame.setUint32(0, 0)), 2],
	])("%s is damage", (_, wal, frame) => {
		expect(said(wal)).toBe(
			`${frame - 1}/${scan(wal).frames}, ${[...scan(wal).pageNumbers].join(" ")} → ${frame - 1}: checksum-mismatch, frame ${frame}, offset ${offset(frame)}, damage`,
		);
	});

	test("that was flipped away is damage, where the size fits the database", () => {
		const withHeader = (size: number) => sealWal(edited(log("1 4:4"), 1, (frame) => frame.setUint32(24 + 28, size)));
		const damage = (wal: Uint8Array) =>
			scan(edited(wal, scan(wal).frames, (frame) => frame.setUint32(4, 0))).end.reason;

		expect(damage(log("2:4"))).toBe("checksum-mismatch");
		expect(damage(withHeader(4))).toBe("checksum-mismatch");
		// A size that nothing in the log speaks of is chance.
		expect(damage(withHeader(3))).toBe("uncommitted");
		expect(damage(log("1:3 4:4"))).toBe("rolled-back");
	});
});

describe("reading", () => {
	const wal = writeWal(
		PAGE_SIZE,
		Array.from({ length: 5000 }, (_, n) => ({
			pageNumber: n + 1,
			page: new Uint8Array(PAGE_SIZE).fill(n),
			...(n % 7 === 6 && { commit: n + 1 }),
		})),
	);

	test("goes through the file once, front to back, in bounded pieces", async () => {
		const asked: [number, number][] = [];
		const later = await readLater(scanWal(wal.byteLength, PAGE_SIZE), ({ offset: at, length }) => {
			asked.push([at, length]);
			return Promise.resolve(wal.slice(at, at + length));
		});

		expect(later).toEqual(scan(wal));
		expect([later.framesApplied, later.frames]).toEqual([4998, 5000]);
		expect(asked.every(([at], n) => n === 0 || at === asked[n - 1]![0] + asked[n - 1]![1])).toBe(true);
		expect(asked.at(-1)![0] + asked.at(-1)![1]).toBe(wal.byteLength);
		expect(Math.max(...asked.map(([, length]) => length))).toBeLessThanOrEqual(1 << 20);
	});

	test("leaves the bytes alone that it is lent, whatever array they come in", async () => {
		const rolledBack = Buffer.from(edited(log("1:1 2 3"), 2, (frame) => frame.setUint8(100, 255)));
		const before = Buffer.from(rolledBack);
		await readLater(scanWal(rolledBack.byteLength, PAGE_SIZE), ({ offset: at, length }) =>
			Promise.resolve(rolledBack.subarray(at, at + length)),
		);

		expect(rolledBack.equals(before)).toBe(true);
	});

	test("ends when it is cancelled", () => {
		const abort = new AbortController();
		abort.abort(new Error("enough"));
		expect(() => readNow(scanWal(wal.byteLength, PAGE_SIZE), bytesSource(wal), abort.signal)).toThrow("enough");
	});

	test("finds a file that has become shorter meanwhile cut", () => {
		const source = { sizeBytes: wal.byteLength, readInto: bytesSource(wal.subarray(0, offset(8))).readInto };
		const end = readNow(scanWal(source.sizeBytes, PAGE_SIZE), source).end;
		expect(end).toEqual({ reason: "torn-frame", frame: 8, offset: offset(8), missing: FRAME_SIZE });
	});
});
