import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileError } from "../../../../src/core/files";
import { readStore } from "../../../../src/core/snapshot/catalog";
import type { VerifyOptions } from "../../../../src/core/verify/verifyStore";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { verifyDirectory } from "../../../../src/node/verifyDirectory";
import { writeSample } from "../../../support/sample";
import { append, cut, flipBit, overwrite } from "../../../support/stores/damage";
import { picture } from "../../../support/stores/picture";
import { buildStore } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { findingLine } from "../snapshot/look";

const G1 = "generations/0000000001";
const FRAME = 24 + 1024;

/** Full at 2-7-1, then incremental at 2-8-2, 2-9-3 and 2-10-4; a second generation with a full one at 2-11-5. */
function story() {
	const directory = temporaryDirectory();
	const built = buildStore(
		directory,
		(store) => {
			let index = 6;
			const options = () => ({ term: 2, index: ++index, milliseconds: index - 6 });
			store.database.run("create table t(a); insert into t values(1)");
			store.full(options());
			for (let a = 0; a < 3; a++) {
				store.database.run(`insert into t values(zeroblob(5000)); insert into t values(${a})`);
				store.incremental(options());
			}
			store.full(options());
		},
		{ pageSize: 1024 },
	);
	const at = (position: number) => join(directory, built[position]!.file);
	return { directory, built, at, verify: (options?: VerifyOptions) => verify(directory, options) };
}

async function verify(directory: string, options?: VerifyOptions): Promise<string[]> {
	const before = picture(directory);
	const { findings } = await verifyDirectory(directory, await readStore(nodeFiles(directory)), options);
	expect(picture(directory)).toEqual(before);
	return findings.map((finding) => {
		const { offset, frame, page } = finding;
		const place = Object.entries({ offset, frame, page }).filter(([, value]) => value !== undefined);
		return [findingLine(finding), ...place.map(([name, value]) => `${name} ${value}`)].join(", ");
	});
}

describe("a sound store has no findings", () => {
	test("one that was just written", async () => {
		expect(await story().verify()).toEqual([]);
	});

	test("the sample", async () => {
		const directory = join(temporaryDirectory(), "sample");
		await writeSample(directory);
		expect(await verify(join(directory, "node1", "snapshots"))).toEqual([]);
	});

	test("one without a generation", async () => {
		const directory = temporaryDirectory();
		buildStore(directory, () => {});
		expect(await verify(directory)).toEqual([]);
	});
});

describe("a cause is reported once, with every snapshot that it makes unrestorable", () => {
	const wal = `${G1}/2-8-2/wal`;
	const later = "2-8-2 2-9-3 2-10-4";

	test.each([
		[
			"a flipped bit in a page",
			(file: string) => flipBit(file, 32 + 500),
			`! error wal-checksum-mismatch ${wal} > ${later}, offset 32, frame 1`,
		],
		[
			"a flipped salt",
			(file: string) => flipBit(file, 32 + FRAME + 12),
			`! error wal-salt-mismatch ${wal} > ${later}, offset ${32 + FRAME}, frame 2`,
		],
		["a cut", (file: string) => cut(file, -1), `! error wal-torn-frame ${wal} > ${later}, offset `],
		[
			"bytes behind its end",
			(file: string) => append(file, new Uint8Array(3)),
			`! error wal-torn-frame ${wal} > ${later}, offset `,
		],
		[
			"a frame of zeros behind its end",
			(file: string) => append(file, new Uint8Array(FRAME)),
			`! error wal-salt-mismatch ${wal} > ${later}, offset `,
		],
		["a damaged header", (file: string) => flipBit(file, 17), `! error wal-bad-header ${wal} > ${later}, offset 24`],
		["no header", (file: string) => cut(file, 20), `! error wal-bad-header ${wal} > ${later}, offset 20`],
	])("%s", async (_, damage, expected) => {
		const { at, verify } = story();
		damage(at(1));
		const findings = await verify();
		expect(findings.map((line) => line.slice(0, expected.length))).toEqual([expected]);
	});

	test("a base that is no database, was cut, or is empty", async () => {
		const { at, built, verify } = story();
		const all = "2-7-1 2-8-2 2-9-3 2-10-4";
		overwrite(at(0), 0, new Uint8Array(16));
		expect(await verify()).toEqual([`! error base-damaged ${built[0]!.file} > ${all}, offset 0`]);
		writeFileSync(at(0), built[0]!.image.subarray(0, 1500));
		expect(await verify()).toEqual([`! error base-damaged ${built[0]!.file} > ${all}, offset 1024, page 2`]);
		writeFileSync(at(0), "");
		expect(await verify()).toEqual([`! error base-damaged ${built[0]!.file} > ${all}, offset 0`]);
	});

	test("a snapshot that is gone, where the pages that it brought are missing", async () => {
		const { directory, built, verify } = story();
		rmSync(join(directory, built[1]!.path), { recursive: true });
		expect(await verify()).toEqual([`! error image-incomplete ${G1}/2-9-3/wal > 2-9-3 2-10-4, page 3`]);
	});

	test("several causes, each with its own", async () => {
		const { at, built, verify } = story();
		flipBit(at(1), 32 + 100);
		flipBit(at(3), 32 + 100);
		cut(at(4), 1000);
		expect(await verify()).toEqual([
			`! error wal-checksum-mismatch ${wal} > ${later}, offset 32, frame 1`,
			`! error wal-checksum-mismatch ${built[3]!.file} > 2-10-4, offset 32, frame 1`,
			`! error base-damaged ${built[4]!.file} > 2-11-5, offset 0, page 1`,
		]);
	});

	test("what listing found comes first, and is not said again", async () => {
		const { at, verify } = story();
		rmSync(at(2));
		flipBit(at(3), 40);
		expect(await verify()).toEqual([
			`! error wal-missing ${G1}/2-9-3/wal > 2-9-3 2-10-4`,
			`! error wal-salt-mismatch ${G1}/2-10-4/wal > 2-10-4, offset 32, frame 1`,
		]);
	});
});

test("a WAL that a reap left is read once, and counts for all", async () => {
	const { directory, at, built, verify } = story();
	const wal = readFileSync(at(1));
	rmSync(join(directory, built[0]!.path), { recursive: true });
	rmSync(join(directory, built[1]!.path), { recursive: true });
	writeFileSync(join(directory, G1, "base.sqlite-wal"), wal);
	expect(await verify()).toEqual([`! warning reap-checkpoint-pending ${G1}/base.sqlite-wal`]);
	flipBit(join(directory, G1, "base.sqlite-wal"), 600);
	expect(await verify()).toEqual([
		`! warning reap-checkpoint-pending ${G1}/base.sqlite-wal`,
		`! error wal-checksum-mismatch ${G1}/base.sqlite-wal > 2-9-3 2-10-4, offset 32, frame 1`,
	]);
});

test("progress goes up to the bytes of all WALs", async () => {
	const { at, verify } = story();
	const steps: [number, number][] = [];
	await verify({ database: false, progress: (read, total) => steps.push([read, total]) });
	const total = [1, 2, 3].reduce((sum, position) => sum + readFileSync(at(position)).byteLength, 0);

	expect(steps.at(-1)).toEqual([total, total]);
	expect(steps.every(([read], step) => read > (steps[step - 1]?.[0] ?? 0))).toBe(true);
});

test("verifying can be cancelled between any two reads", async () => {
	const abort = new AbortController();
	const { verify } = story();
	await expect(verify({ cancel: abort.signal, progress: () => abort.abort(new Error("enough")) })).rejects.toThrow(
		"enough",
	);
});

test("a file that goes away meanwhile is an error that names it", async () => {
	const { directory, at } = story();
	const store = await readStore(nodeFiles(directory));
	rmSync(at(2));
	await expect(verifyDirectory(directory, store)).rejects.toThrow(
		new FileError("not-found", `${G1}/2-9-3/wal`, `${G1}/2-9-3/wal is not there.`),
	);
});

test("what SQLite finds on a page is told with the table of the page", async () => {
	const checkSql: NonNullable<VerifyOptions["checkSql"]> = () => [
		{ code: "database-damaged", page: 2, message: "holds what it must not" },
		{ code: "database-damaged", message: "is all wrong" },
	];
	const { directory } = story();
	const { findings } = await verifyDirectory(directory, await readStore(nodeFiles(directory)), { checkSql });
	expect(findings[0]?.message).toMatch(/page 2 of table t \(byte 1024 of .*\) holds what it must not\./);
});
