import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { described } from "../webview/described";
import { hostHome } from "./hostHome";
import { written } from "./openDatabase";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Of this process: open files and threads by what the system counts, and bytes that are in use. */
function held(): { readonly files: number; readonly threads: number; readonly heapBytes: number } {
	collectGarbage();
	return {
		files: readdirSync("/proc/self/fd").length,
		threads: readdirSync("/proc/self/task").length,
		heapBytes: process.memoryUsage().heapUsed,
	};
}

/** For what V8 keeps of code that ran more often. */
const TOLERATED_BYTES = 4 << 20;

test.skipIf(process.platform !== "linux")(
	"fifty snapshots that were opened and closed leave nothing behind",
	async () => {
		const directory = temporaryDirectory();
		const path = "base.sqlite";
		writeFileSync(join(directory, path), written("create table t(a); insert into t values(zeroblob(3000000))"));
		const { size, mtimeMs } = statSync(join(directory, path));

		async function openAndClose(): Promise<void> {
			const { home, served } = hostHome(directory);
			served.describe(described({ files: [{ path, sizeBytes: size, modifiedAt: mtimeMs }] }));
			const engine = await (await home.load())(() => {});
			await engine.open({ allowDamaged: false });
			const { cursor } = await engine.functions.query("select a from t");
			await engine.functions.fetchRows(cursor, 1);
			await served.dispose();
		}

		for (let n = 0; n < 5; n++) await openAndClose();
		const before = held();
		for (let n = 0; n < 50; n++) await openAndClose();
		const after = held();
		expect({ files: after.files, threads: after.threads }).toEqual({ files: before.files, threads: before.threads });
		expect(after.heapBytes - before.heapBytes).toBeLessThan(TOLERATED_BYTES);
		console.log(
			`after fifty snapshots: ${(after.heapBytes - before.heapBytes) >> 10} KiB of heap more, no file, no thread`,
		);
	},
);
