import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytesSource } from "../../../../src/core/files";
import { readNow } from "../../../../src/core/reading";
import { scanWal } from "../../../../src/core/sqlite/wal/scan";
import { nodeDisk } from "../../../../src/store/disk/disk";
import { checkpoint } from "../../../../src/store/maintain/checkpoint";
import { SoundLogs } from "../../../../src/store/maintain/soundLogs";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { flipBit } from "../../../support/stores/damage";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";

test("knows a log under another name, and not one that was changed since it was read", async () => {
	const live = new LiveDatabase({ pageSize: 1024 });
	live.run("create table t(a)");
	const directory = temporaryDirectory();
	const [database, log, moved] = ["base.sqlite", "wal", "base.sqlite-wal"].map((name) => join(directory, name));
	writeFileSync(database!, live.file());
	live.run("insert into t values (zeroblob(5000))");
	const wal = live.cutWal();
	writeFileSync(log!, wal);
	live.close();
	const logs = new SoundLogs();
	const scan = readNow(scanWal(wal.byteLength, 1024), bytesSource(wal));
	logs.add(logs.stamp(log!), { scan, crc32c: undefined });

	renameSync(log!, moved!);
	expect(logs.framesOf(moved!)).toBe(scan);

	flipBit(moved!, 700);
	expect(logs.framesOf(moved!)).toBeUndefined();
	await expect(checkpoint(nodeDisk, database!, moved!, logs)).rejects.toMatchObject({ code: "damaged" });
});
