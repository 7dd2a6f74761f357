import { appendFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createCrc32 } from "../../../src/core/checksum/crc32";
import { openStreamImage } from "../../../src/node/streamImage";
import { committedStates } from "../../property/committedStates";
import { imageBytes } from "../../support/images/openBytes";
import { flipBit } from "../../support/stores/damage";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { type TestChain, writeChain } from "../../support/streams/chain";
import { fullStream, rqlite10Head, rqlite10Stream } from "../../support/streams/streams";

let file: string;
beforeEach(() => {
	file = join(temporaryDirectory(), "stream.bin");
});

const formats = {
	generations: async ({ database, wals }: TestChain) => fullStream(database, wals),
	"rqlite 10": ({ database, wals }: TestChain) => rqlite10Stream(database, wals),
};

/** Opens the file and answers what is in it. */
async function look() {
	const { image, report, faults, partial, close } = await openStreamImage(file);
	try {
		return { bytes: image && imageBytes(image), report, faults, partial };
	} finally {
		close();
	}
}

describe.each(Object.entries(formats))("a stream of %s", (_, streamOf) => {
	test.each([0, 1, 3])("with %i WALs is what SQLite makes of them", async (count) => {
		const chain = writeChain(count);
		writeFileSync(file, await streamOf(chain));
		const { bytes, report, faults, partial } = await look();
		expect({ faults, partial }).toEqual({ faults: [], partial: false });
		expect(Buffer.compare(bytes!, chain.states[count]!)).toBe(0);
		expect(report.base.path).toBe("stream.bin (database)");
		expect(report.wals.map(({ path, end }) => [path, end?.reason])).toEqual(
			chain.wals.map((_, at) => [`stream.bin (WAL ${at + 1})`, "end-of-file"]),
		);
	});

	test("with a WAL without frames", async () => {
		const chain = writeChain(1);
		const wals = [new Uint8Array(0), ...chain.wals, new Uint8Array(0)];
		writeFileSync(file, await streamOf({ ...chain, wals }));
		const { bytes, faults } = await look();
		expect(faults).toEqual([]);
		expect(Buffer.compare(bytes!, chain.states[1]!)).toBe(0);
	});

	test("whose database is none", async () => {
		writeFileSync(file, await streamOf({ ...writeChain(0), database: new Uint8Array(512) }));
		const { bytes, faults, partial } = await look();
		expect({ bytes, partial }).toEqual({ bytes: undefined, partial: true });
		expect(faults[0]).toMatch(
			/^stream\.bin \(database\) is no SQLite database: .*\(byte 0\)\. Its bytes begin at byte \d+ of the stream\.$/,
		);
	});

	test("that is changed while it is read says so", async () => {
		writeFileSync(file, await streamOf(writeChain(1)));
		const { confirm, close } = await openStreamImage(file);
		confirm();
		appendFileSync(file, "x");
		expect(confirm).toThrow(expect.objectContaining({ name: "FileError", code: "unreadable" }));
		close();
	});
});

describe("a flipped bit", () => {
	const chain = writeChain(3);
	const [first, second, third] = chain.wals as [Uint8Array, Uint8Array, Uint8Array];
	/** In the page of the last frame of the second WAL. */
	const inSecond = (size: number) => size - third.byteLength - 500;

	test("in a WAL of generations leaves the commits before it", async () => {
		const stream = await formats.generations(chain);
		writeFileSync(file, stream);
		flipBit(file, inSecond(stream.byteLength));
		const { bytes, faults, partial, report } = await look();
		expect(partial).toBe(true);
		expect(faults).toEqual([
			expect.stringMatching(/^stream\.bin \(WAL 2\): the checksum of frame \d+ \(byte \d+\) is/),
		]);
		expect(report.wals.map(({ framesApplied }) => framesApplied > 0)).toEqual([true, true, false]);
		expect(committedStates(chain.states[1]!, second).some((state) => Buffer.compare(state, bytes!) === 0)).toBe(true);
		expect(Buffer.compare(bytes!, chain.states[1]!)).not.toBe(0);
	});

	test("in a WAL of rqlite 10 leaves the WALs before it", async () => {
		const stream = await formats["rqlite 10"](chain);
		writeFileSync(file, stream);
		flipBit(file, inSecond(stream.byteLength));
		const { bytes, faults, partial, report } = await look();
		expect(partial).toBe(true);
		const begins = stream.byteLength - third.byteLength - second.byteLength;
		expect(faults[0]).toContain(`begin at byte ${begins} of the stream`);
		expect(report.wals.map(({ framesApplied }) => framesApplied > 0)).toEqual([true, false, false]);
		expect(Buffer.compare(bytes!, chain.states[1]!)).toBe(0);
	});

	test("in the database is found where there are checksums, and leaves the rest", async () => {
		const stream = await formats["rqlite 10"](chain);
		const logs = first.byteLength + second.byteLength + third.byteLength;
		const begins = stream.byteLength - logs - chain.database.byteLength;
		writeFileSync(file, stream);
		flipBit(file, stream.byteLength - logs - 5);
		const { bytes, faults, partial } = await look();
		expect(faults).toEqual([
			expect.stringMatching(
				new RegExp(
					`^the header for stream\\.bin \\(database\\) gives the CRC-32C [0-9a-f]{8}, but that of stream\\.bin \\(database\\) is [0-9a-f]{8}: .* Its bytes begin at byte ${begins} of the stream\\.$`,
				),
			),
		]);
		expect(partial).toBe(false);
		expect(bytes!.byteLength).toBe(chain.states[3]!.byteLength);
	});

	test("in the salt of the last frames, which makes them look like old ones, does not pass for a wrong checksum", async () => {
		// The whole last transaction of the log with other salts and no commit mark: what a rollback leaves.
		const wal = Uint8Array.from(second);
		const view = new DataView(wal.buffer);
		const frameSize = 24 + 1024;
		let at = wal.byteLength - frameSize;
		do {
			view.setUint32(at + 4, 0);
			view.setUint32(at + 16, 12345);
			at -= frameSize;
		} while (view.getUint32(at + 4) === 0);
		const stream = await rqlite10Stream(chain.database, [first, second, third]);
		Buffer.from(stream.buffer, stream.byteOffset).set(wal, stream.byteLength - third.byteLength - wal.byteLength);
		writeFileSync(file, stream);
		const { bytes, faults, partial } = await look();
		expect(faults[0]).toContain("gives the CRC-32C");
		expect(partial).toBe(true);
		expect(Buffer.compare(bytes!, chain.states[1]!)).toBe(0);
	});
});

describe("a checksum alone that is wrong leaves everything", () => {
	const chain = writeChain(2);

	test("none, as a node sends that does not check its own", async () => {
		writeFileSync(file, await rqlite10Stream(chain.database, chain.wals, () => ({ crc32: 0 })));
		const { bytes, faults, partial } = await look();
		expect(faults[0]).toContain("gives the CRC-32C 00000000");
		expect(partial).toBe(false);
		expect(Buffer.compare(bytes!, chain.states[2]!)).toBe(0);
	});

	test("that of a WAL", async () => {
		const edit = ({ crc32 }: { crc32: number }, at: number) => (at === 2 ? { crc32: (crc32 ^ 1) >>> 0 } : {});
		writeFileSync(file, await rqlite10Stream(chain.database, chain.wals, edit));
		const { bytes, faults, partial } = await look();
		expect(faults).toEqual([expect.stringMatching(/^the header for stream\.bin \(WAL 2\) gives/)]);
		expect(partial).toBe(false);
		expect(Buffer.compare(bytes!, chain.states[2]!)).toBe(0);
	});
});

test("the CRC-32 of IEEE in its place shows the same bytes", async () => {
	const chain = writeChain(2);
	const crc = await createCrc32();
	const sums = [chain.database, ...chain.wals].map((bytes) => {
		crc.reset();
		crc.update(bytes);
		return crc.digest();
	});
	writeFileSync(file, await rqlite10Stream(chain.database, chain.wals, (_, at) => ({ crc32: sums[at]! })));
	const { bytes, faults, partial } = await look();
	expect({ faults, partial }).toEqual({ faults: [], partial: false });
	expect(Buffer.compare(bytes!, chain.states[2]!)).toBe(0);
});

test("a stream that only names a directory says which, in one line", async () => {
	const walDirPath = "/node1/wal-staging\nrm";
	writeFileSync(file, rqlite10Head({ formatVersion: 1, payload: { case: "incrementalFile", value: { walDirPath } } }));
	await expect(openStreamImage(file)).rejects.toMatchObject({
		name: "StreamError",
		code: "incremental",
		message: expect.stringMatching(/holds no data: .* \/node1\/wal-staging\\u\{a\}rm$/),
	});
});

test("what is no file is not opened: a pipe would wait", async () => {
	await expect(openStreamImage("/dev/null")).rejects.toMatchObject({ code: "not-a-file" });
	await expect(openStreamImage(file)).rejects.toMatchObject({ code: "not-found" });
	writeFileSync(`${file}.real`, fullStream(writeChain(0).database));
	symlinkSync(`${file}.real`, file);
	expect((await look()).faults).toEqual([]);
});
