import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { projectRoot } from "../../support/projectRoot";
import { cut, flipBit } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { writeChain } from "../../support/streams/chain";
import { fullStream, incrementalStream, rqlite10Head, rqlite10Stream } from "../../support/streams/streams";
import { failure, snapstore } from "./snapstore";

const chain = writeChain(2);
const logBytes = chain.wals.reduce((sum, { byteLength }) => sum + byteLength, 0);

let top: string;
let stream: string;
let output: string;
beforeEach(() => {
	top = temporaryDirectory();
	stream = join(top, "sent", "stream.bin");
	mkdirSync(dirname(stream));
	output = join(top, "out.sqlite");
});

const restore = (...args: string[]) => snapstore("restore", stream, "--output", output, ...args);
const refused = (line: string | RegExp) => {
	expect(existsSync(output)).toBe(false);
	return failure(1, typeof line === "string" ? `${stream} ${line}` : line);
};

describe.each([
	["of a store with generations", async () => fullStream(chain.database, chain.wals)],
	["of rqlite 10", () => rqlite10Stream(chain.database, chain.wals)],
])("a stream %s", (_, write) => {
	test("becomes the bytes of SQLite's own checkpoint, and the answer says of what", async () => {
		writeFileSync(stream, await write());
		const before = picture(dirname(stream));
		const { status, stdout, stderr } = await restore("--json");
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		const written = readFileSync(output);
		expect(Buffer.compare(written, chain.states[2]!)).toBe(0);
		const answer = JSON.parse(stdout);
		expect(answer).toEqual({
			file: output,
			bytes: written.byteLength,
			pageSize: 1024,
			pageCount: written.byteLength / 1024,
			sha256: createHash("sha256").update(written).digest("hex"),
			base: "stream.bin (database)",
			wals: ["stream.bin (WAL 1)", "stream.bin (WAL 2)"].map((path, at) => {
				const frames = (chain.wals[at]!.byteLength - 32) / (24 + 1024);
				return { path, frames, framesApplied: frames, stopped: "end-of-file" };
			}),
			warnings: [],
		});
		expect(readdirSync(top).sort()).toEqual(["out.sqlite", "sent"]);
		expect(picture(dirname(stream))).toEqual(before);
	});

	test("cut short is refused with the place", async () => {
		writeFileSync(stream, await write());
		cut(stream, -100);
		const end = readFileSync(stream).byteLength;
		expect(await restore()).toEqual(
			refused(
				`cannot be restored: the stream ends at byte ${end}, its header says ${end + 100} (byte ${end}). Take the stream again from its source.`,
			),
		);
		expect(await restore("--allow-damaged")).toMatchObject({ status: 1, stdout: "" });
	});

	test("with damage in a WAL is refused, and restored as far as it is sound where that is asked for", async () => {
		const bytes = await write();
		writeFileSync(stream, bytes);
		// The first frame of the second WAL: no commit of it is left.
		flipBit(stream, bytes.byteLength - chain.wals[1]!.byteLength + 32 + 24);
		const begins = bytes.byteLength - chain.wals[1]!.byteLength;
		expect(await restore()).toEqual(
			refused(
				new RegExp(
					`^snapstore: ${stream} cannot be read exactly: stream\\.bin \\(WAL 2\\): the checksum of frame 1 \\(byte 32\\) is wrong, .* Its bytes begin at byte ${begins} of the stream\\. Take the stream again .*--allow-damaged\\.\\n$`,
				),
			),
		);
		const { status, stdout, stderr } = await restore("--allow-damaged", "--json");
		expect(status).toBe(0);
		const { warnings } = JSON.parse(stdout);
		expect(warnings).toEqual([
			expect.stringContaining("stream.bin (WAL 2): the checksum of frame 1"),
			"The answer is partial: it ends at the last sound commit before that.",
		]);
		for (const warning of warnings) expect(stderr).toContain(warning);
		expect(Buffer.compare(readFileSync(output), chain.states[1]!)).toBe(0);
	});
});

describe("a checksum of rqlite 10 that is wrong", () => {
	test("is refused with the file and both sums; --allow-damaged believes the file", async () => {
		const bytes = await rqlite10Stream(chain.database, chain.wals);
		writeFileSync(stream, bytes);
		flipBit(stream, bytes.byteLength - logBytes - 3);
		expect(await restore()).toEqual(
			refused(
				/^snapstore: .* gives the CRC-32C [0-9a-f]{8}, but that of stream\.bin \(database\) is [0-9a-f]{8}: .*\n$/,
			),
		);
		const { status, stdout } = await restore("--allow-damaged", "--json");
		expect(status).toBe(0);
		expect(JSON.parse(stdout).warnings).toEqual([
			expect.stringContaining("CRC-32C"),
			"Only checksums are wrong: all files of the stream are used as they are.",
		]);
		expect(readFileSync(output).byteLength).toBe(chain.states[2]!.byteLength);
	});
});

test("a stream whose header holds sums of IEEE is restored whole, with a warning for each", async () => {
	const files = [chain.database, ...chain.wals];
	writeFileSync(stream, await rqlite10Stream(chain.database, chain.wals, (_, at) => ({ crc32: crc32(files[at]!) })));
	const { status, stdout, stderr } = await restore("--json");
	expect(status).toBe(0);
	const { warnings } = JSON.parse(stdout);
	expect(warnings).toEqual(
		["database", "WAL 1", "WAL 2"].map((part) =>
			expect.stringMatching(
				new RegExp(
					`^the header for stream\\.bin \\(${part}\\) holds the CRC-32 of IEEE .* Its bytes begin at byte \\d+ of the stream\\.$`,
				),
			),
		),
	);
	for (const warning of warnings) expect(stderr).toContain(warning);
	expect(Buffer.compare(readFileSync(output), chain.states[2]!)).toBe(0);
});

describe("what is nothing alone is refused", () => {
	test("the stream of an incremental snapshot", async () => {
		writeFileSync(stream, incrementalStream(chain.wals[0]!));
		expect(await restore("--allow-damaged")).toEqual(
			refused(
				"cannot be restored: the stream is that of an incremental snapshot: it holds what changed since the one before, and cannot be restored alone. Take the stream of a full snapshot.",
			),
		);
	});

	test("one of rqlite 10 that names a directory", async () => {
		const value = { walDirPath: "/var/lib/rqlite/wal-staging" };
		writeFileSync(stream, rqlite10Head({ formatVersion: 1, payload: { case: "incrementalFile", value } }));
		expect(await restore("--allow-damaged")).toEqual(
			refused(
				"cannot be restored: the stream holds no data: it names a directory of the node that made it, /var/lib/rqlite/wal-staging. Take the stream of a full snapshot.",
			),
		);
	});
});

describe("what is no stream is refused", () => {
	test("a text", async () => {
		writeFileSync(stream, "A snapshot is not a text.\n");
		expect(await restore()).toEqual(
			refused(
				"cannot be restored: the file is no snapshot stream: its first bytes are not the length of a header (byte 0). Name the file of a snapshot stream, or take it again from its source.",
			),
		);
	});

	test("a database", async () => {
		writeFileSync(stream, chain.database);
		expect(await restore()).toEqual(refused(/^snapstore: .* the file is a SQLite database already .*\n$/));
	});

	test("a version that is not known", async () => {
		writeFileSync(stream, rqlite10Head({ formatVersion: 3, payload: { case: "full", value: {} } }));
		expect(await restore()).toEqual(
			refused(
				"cannot be restored: the stream has version 3; 1 is the one that is known (byte 4). A later version of this program may know it.",
			),
		);
	});

	test("nothing at that place", async () => {
		expect(await restore()).toEqual(failure(2, `${stream} is not there.`));
	});

	test("a directory", async () => {
		mkdirSync(stream);
		expect(await restore()).toEqual(failure(2, `${stream} is no file. Of a store name a snapshot too, or latest.`));
	});
});

describe("the target", () => {
	beforeEach(() => writeFileSync(stream, fullStream(chain.database)));

	test("is replaced only with --force", async () => {
		writeFileSync(output, "dear");
		expect(await restore()).toEqual(
			failure(1, `${output} is there already. Choose another name, or replace it with --force.`),
		);
		expect(await restore("--force")).toMatchObject({ status: 0 });
		expect(Buffer.compare(readFileSync(output), chain.database)).toBe(0);
	});

	test.each([
		["its name", () => {}],
		["a symbolic link", symlinkSync],
		["a hard link", linkSync],
	])("is not the stream itself, by %s", async (_, link) => {
		link(stream, output);
		const path = existsSync(output) ? output : stream;
		expect(await snapstore("restore", stream, "--output", path, "--force")).toEqual(
			failure(1, `${path} is the stream itself, which is only read. Choose another place.`),
		);
		expect(Buffer.compare(readFileSync(stream), fullStream(chain.database))).toBe(0);
	});
});

test("--store is for a directory with stores", async () => {
	writeFileSync(stream, fullStream(chain.database));
	expect(await restore("--store", "a")).toEqual(
		failure(2, "Expected <dir> <snapshot>, 2 in all, not 1. snapstore --help explains."),
	);
});

/** Streams that rqlite wrote, with a description of each. */
const streams = join(projectRoot, "..", "shared", "fixtures", "streams");

interface Fixture {
	readonly file: string;
	readonly kind: "full" | "incremental";
	readonly files?: readonly { readonly role: "db" | "wal" }[];
	readonly goRestore: { readonly restorable: boolean };
	readonly restored?: { readonly imageSha256: string; readonly pageSize: number; readonly pageCount: number };
}

const fixtures: readonly Fixture[] = existsSync(`${streams}.expected.json`)
	? JSON.parse(readFileSync(`${streams}.expected.json`, "utf8")).streams
	: [];

test.each(fixtures)("$file of rqlite", async ({ file, files, goRestore, restored }) => {
	const { status, stdout, stderr } = await snapstore(...["restore", join(streams, file), "--output", output, "--json"]);
	if (!goRestore.restorable || !restored) {
		expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
		expect(stderr).toMatch(/^snapstore: .*\n$/);
		expect(existsSync(output)).toBe(false);
		return;
	}
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
	expect(JSON.parse(stdout)).toMatchObject({
		sha256: restored.imageSha256,
		pageSize: restored.pageSize,
		pageCount: restored.pageCount,
		base: `${basename(file)} (database)`,
		wals: { length: (files?.length ?? 1) - 1 },
	});
});
