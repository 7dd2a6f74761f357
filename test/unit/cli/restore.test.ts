import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	truncateSync,
	watch,
	writeFileSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { checkpoint } from "../../support/sqlite/oracle";
import { picture } from "../../support/stores/picture";
import type { BuiltSnapshot } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { buildShop } from "./shopStore";
import { cliPath, ended, failure, snapstore } from "./snapstore";

let top: string;
let store: string;
let output: string;
let snapshots: readonly BuiltSnapshot[];
beforeEach(() => {
	top = temporaryDirectory();
	store = join(top, "store");
	output = join(top, "out.sqlite");
	snapshots = buildShop(store);
});

const restore = (...args: string[]) => snapstore("restore", store, ...args);

describe("restore", () => {
	test("writes the bytes of SQLite's own checkpoint, and says of what", async () => {
		const before = picture(store);
		const [base, second, third] = snapshots;
		const files = [base!, second!, third!].map(({ file }) => readFileSync(join(store, file)));

		const { status, stdout, stderr } = await restore(third!.id, "--output", output, "--json");

		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		const written = readFileSync(output);
		expect(Buffer.compare(written, checkpoint(files[0]!, files.slice(1)))).toBe(0);
		expect(JSON.parse(stdout)).toEqual({
			file: output,
			bytes: written.byteLength,
			pageSize: 4096,
			pageCount: written.byteLength / 4096,
			sha256: createHash("sha256").update(written).digest("hex"),
			base: base!.file,
			wals: [second!, third!].map(({ file }) => ({ path: file, frames: 1, framesApplied: 1, stopped: "end-of-file" })),
			warnings: [],
		});
		expect(picture(store)).toEqual(before);
		expect(readdirSync(top).sort()).toEqual(["out.sqlite", "store"]);
	});

	test("every snapshot equals the database at its moment", async () => {
		for (const { id, image } of snapshots) {
			expect((await restore(id, "--output", output, "--force")).status).toBe(0);
			expect(Buffer.compare(readFileSync(output), image)).toBe(0);
		}
	});

	test("tells people in one line", async () => {
		const { stdout } = await restore("latest", "--output", output);
		expect(stdout).toMatch(/^.*\/out\.sqlite: 8192 bytes, SHA-256 [0-9a-f]{64}\n$/);
	});

	test("replaces a file only when it is told to", async () => {
		writeFileSync(output, "dear");
		expect(await restore("latest", "--output", output)).toEqual(
			failure(1, `${output} is there already. Choose another name, or replace it with --force.`),
		);
		expect(readFileSync(output, "utf8")).toBe("dear");
		expect(await restore("latest", "--output", output, "--force")).toMatchObject({ status: 0 });
		expect(Buffer.compare(readFileSync(output), snapshots[3]!.image)).toBe(0);
	});

	test("replaces a link, not what it points at", async () => {
		const base = join(store, snapshots[0]!.file);
		const before = readFileSync(base);
		symlinkSync(base, output);
		expect(await restore("latest", "--output", output, "--force")).toMatchObject({ status: 0 });
		expect(Buffer.compare(readFileSync(base), before)).toBe(0);
	});

	test.each([
		["the store itself", () => join(store, "out.sqlite")],
		["a snapshot's directory", () => join(store, snapshots[1]!.path, "wal")],
		["the store, by a link", () => join(top, "link", "out.sqlite")],
	])("refuses to write into %s", async (_, target) => {
		symlinkSync(join(store, "generations"), join(top, "link"));
		const before = picture(store);
		expect(await restore("latest", "--output", target(), "--force")).toEqual(
			failure(1, `${target()} lies in the store, which is only read. Choose another place.`),
		);
		expect(picture(store)).toEqual(before);
	});

	test.each([
		["a directory", () => top],
		["a device", () => "/dev/null"],
	])("refuses to replace %s", async (_, target) => {
		expect(await restore("latest", "--output", target(), "--force")).toEqual(
			failure(1, `${target()} is a directory or a device. Name another place.`),
		);
		expect(statSync("/dev/null").isFile()).toBe(false);
	});

	test("into a directory that is not there", async () => {
		expect(await restore("latest", "--output", join(top, "nowhere/out.sqlite"))).toEqual(
			failure(2, `${join(top, "nowhere")} is not there.`),
		);
	});

	test("where no place is named", async () => {
		expect(await restore("latest", "--output", "")).toEqual(failure(2, "--output names no place."));
	});

	test("a damaged chain leaves no file", async () => {
		const { file, id } = snapshots[1]!;
		const wal = readFileSync(join(store, file));
		wal[100]! ^= 1;
		writeFileSync(join(store, file), wal);

		expect(await restore(id, "--output", output)).toEqual(
			failure(
				1,
				new RegExp(`^snapstore: snapshot ${id} cannot be read exactly: ${file}: .*frame 1 \\(byte 32\\).*\\n$`),
			),
		);
		expect(readdirSync(top)).toEqual(["store"]);
		expect(await restore(snapshots[0]!.id, "--output", output)).toMatchObject({ status: 0 });
	});
});

test.each(["SIGINT", "SIGTERM"] as const)("%s in the middle leaves nothing", async (signal) => {
	// Eight gigabytes that are nowhere on the disk: the header says so, and the file is a hole.
	const base = join(store, snapshots[3]!.file);
	const pageCount = 2 ** 21;
	truncateSync(base, pageCount * 4096);
	const file = openSync(base, "r+");
	const count = Buffer.alloc(4);
	count.writeUInt32BE(pageCount);
	writeSync(file, count, 0, 4, 28);
	closeSync(file);
	const target = join(top, "target");
	mkdirSync(target);
	const begun = new Promise<void>((resolve) => {
		const watcher = watch(target, () => {
			watcher.close();
			resolve();
		});
	});
	const child = spawn(process.execPath, [cliPath, "restore", store, "latest", "--output", join(target, "out.sqlite")], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	const end = ended(child);
	await begun;
	child.kill(signal);

	expect(await end).toEqual(failure(1, `Cancelled; ${join(target, "out.sqlite")} was not written.`));
	expect(readdirSync(target)).toEqual([]);
});

test("a target whose name is too long for its temporary one fails in words", async () => {
	const long = join(top, "x".repeat(255));
	const { status, stderr, stdout } = await restore("latest", "--output", long);
	expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
	expect(stderr).toMatch(/^snapstore: .* cannot be written: .*ENAMETOOLONG.*\n$/);
	expect(existsSync(long)).toBe(false);
});
