import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { scanWal } from "../../../../src/core/sqlite/wal/scan";
import { nodeDisk } from "../../../../src/store/disk/disk";
import { checkpoint } from "../../../../src/store/maintain/checkpoint";
import { mergeLogs } from "../../../../src/store/maintain/mergeLogs";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import * as oracle from "../../../support/sqlite/oracle";
import { sealWal } from "../../../support/sqlite/sealWal";
import { flipBit } from "../../../support/stores/damage";
import { picture } from "../../../support/stores/picture";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

/** Lays a base and logs in a directory, whose paths it answers. */
function lay(base: Uint8Array, wals: readonly Uint8Array[]) {
	const directory = temporaryDirectory();
	const database = join(directory, "base.sqlite");
	writeFileSync(database, base);
	const paths = wals.map((wal, n) => {
		const path = join(directory, `wal-${n}`);
		writeFileSync(path, wal);
		return path;
	});
	return { directory, database, paths };
}

async function merged(base: Uint8Array, wals: readonly Uint8Array[]): Promise<Buffer> {
	const { database, paths } = lay(base, wals);
	await mergeLogs(nodeDisk, database, paths);
	expect(readFileSync(database).equals(base)).toBe(true);
	for (const [n, wal] of wals.slice(0, -1).entries()) expect(readFileSync(paths[n]!).equals(wal)).toBe(true);
	return readFileSync(paths.at(-1)!);
}

const fill = (first: number, count: number) =>
	`with recursive n(a) as (values(${first}) union all select a + 1 from n where a < ${first + count - 1}) insert into t select a, randomblob(900) from n`;

const STEPS = [
	fill(1000, 300),
	"delete from t where a < 350; vacuum",
	"update t set b = zeroblob(900) where a % 3 = 0",
	"delete from t; vacuum",
	fill(1, 500),
];

function story(pageSize: number) {
	const live = new LiveDatabase({ pageSize });
	try {
		live.run(`create table t(a integer primary key, b); ${fill(0, 400)}`);
		const base = live.file();
		const wals: Uint8Array[] = [];
		const images: Uint8Array[] = [];
		for (const statements of STEPS) {
			live.run(statements);
			wals.push(live.cutWal());
			images.push(live.file());
		}
		return { base, wals, images };
	} finally {
		live.close();
	}
}

test.each([512, 1024, 4096, 65_536])(
	"one log stands for all of them, as SQLite sees it (pages of %i)",
	async (pageSize) => {
		const { base, wals, images } = story(pageSize);
		for (let count = 2; count <= wals.length; count++) {
			const some = wals.slice(0, count);
			const image = images[count - 1]!;
			const wal = await merged(base, some);
			const { end, pageNumbers, frames, framesApplied } = readNow(scanWal(wal.byteLength, pageSize), bytesSource(wal));
			expect({ end, framesApplied }).toEqual({ end: { reason: "end-of-file" }, framesApplied: frames });
			expect([...pageNumbers]).toEqual([...new Set(pageNumbers)].sort((a, b) => a - b));
			// Of the older ones the newest go first.
			for (let left = 0; left < count; left++) {
				expect(Buffer.compare(oracle.checkpoint(base, [...some.slice(0, left), wal]), image)).toBe(0);
			}
			const { database, paths } = lay(base, [wal]);
			await checkpoint(nodeDisk, database, paths[0]!);
			expect(readFileSync(database).equals(image)).toBe(true);
			// Merged once more, as after a crash.
			expect((await merged(base, [...some.slice(0, -1), wal])).equals(wal)).toBe(true);
		}
	},
);

test("keeps the header of the last one, whatever the order of bytes in its sums", async () => {
	const { base, wals, images } = story(1024);
	const some = [wals[0]!, sealWal(wals[1]!, { bigEndian: true })];
	const wal = await merged(base, some);
	expect(wal.subarray(0, 32).equals(some[1]!.subarray(0, 32))).toBe(true);
	expect(Buffer.compare(oracle.checkpoint(base, [wal]), images[1]!)).toBe(0);
});

test.each([0, 2])("refuses where number %i is damaged, and leaves everything as it was", async (which) => {
	const { base, wals } = story(1024);
	const { directory, database, paths } = lay(base, wals.slice(0, 3));
	flipBit(paths[which]!, 700);
	const before = picture(directory);
	await expect(mergeLogs(nodeDisk, database, paths)).rejects.toMatchObject({ name: "StoreError", code: "damaged" });
	expect(picture(directory)).toEqual(before);
});
