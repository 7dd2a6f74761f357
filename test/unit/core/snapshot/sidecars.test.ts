import { expect, onTestFinished, test } from "vitest";
import { readCrc } from "../../../../src/core/checksum/crc32";
import { createChecksums } from "../../../../src/core/checksum/sidecar";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { openImage } from "../../../../src/core/snapshot/openImage";
import { imageBytes, SNAPSHOT } from "../../../support/images/openBytes";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";

type Sum = "right" | "ieee" | "other" | "none";

/** A base and two logs of a real SQLite, opened with sidecars that say so much of each. */
async function open(sums: readonly [Sum, Sum, Sum], options: { compacted?: boolean; checkBase?: boolean } = {}) {
	const live = new LiveDatabase({ pageSize: 1024 });
	onTestFinished(() => live.close());
	live.run("create table t(a)");
	const states = [live.file()];
	const files = [live.file()];
	for (let n = 1; n <= 2; n++) {
		live.run(`insert into t values(${n})`);
		files.push(live.cutWal());
		states.push(live.file());
	}
	const checksums = await createChecksums();
	const sources = files.map((bytes, n) => {
		const [path, source, said] = [["data.db", "1.wal", "2.wal"][n]!, bytesSource(bytes), sums[n]!];
		if (said === "none") return { path, source };
		const hash = said === "ieee" ? checksums.crc32 : checksums.crc32c;
		const crc32c = (readNow(readCrc(hash, bytes.byteLength), source) ^ Number(said === "other")) >>> 0;
		return { path, source, sidecar: { path: `${path}.crc32`, crc32c } };
	});
	const [base, ...wals] = sources;
	const { compacted, checkBase } = options;
	const { image, report } = openImage({ base: base!, wals, pending: 0, compacted, checksums }, SNAPSHOT, {
		checkBase: checkBase ?? false,
	});
	return {
		applied: report.wals.map(({ framesApplied, frames }) => `${framesApplied}/${frames}`),
		findings: report.findings.map(({ code, path, snapshots }) => [code, path, ...snapshots].join(" ")),
		notes: report.notes.map(({ code, path, snapshots }) => [code, path, ...snapshots].join(" ")),
		state: states.findIndex((state) => image && Buffer.compare(imageBytes(image), state) === 0),
	};
}

test("files that are what their sidecars say", async () => {
	const opened = await open(["right", "right", "right"], { checkBase: true, compacted: true });
	expect(opened).toEqual({ applied: ["1/1", "1/1"], findings: [], notes: [], state: 2 });
});

test("files without a sidecar are not compared", async () => {
	expect(await open(["none", "none", "right"], { checkBase: true })).toMatchObject({ findings: [], state: 2 });
});

test("a log that is not what its sidecar says is the last one, and of a compacted one nothing is applied", async () => {
	const findings = [`sidecar-mismatch 1.wal.crc32 ${SNAPSHOT}`];
	expect(await open(["right", "other", "right"])).toMatchObject({ applied: ["1/1", "0/0"], findings, state: 1 });
	expect(await open(["right", "other", "right"], { compacted: true })).toMatchObject({
		applied: ["0/1", "0/0"],
		findings,
		state: 0,
	});
});

test("a base is compared by those who read all of it", async () => {
	expect((await open(["other", "right", "right"])).findings).toEqual([]);
	expect((await open(["other", "right", "right"], { checkBase: true })).findings).toEqual([
		`sidecar-mismatch data.db.crc32 ${SNAPSHOT}`,
	]);
});

test("a sidecar with the CRC-32 of IEEE makes no snapshot unrestorable, and is noted", async () => {
	const opened = await open(["ieee", "ieee", "ieee"], { compacted: true, checkBase: true });
	expect(opened).toEqual({
		applied: ["1/1", "1/1"],
		findings: [],
		notes: ["data.db", "1.wal", "2.wal"].map((path) => `sidecar-ieee ${path}.crc32`),
		state: 2,
	});
});
