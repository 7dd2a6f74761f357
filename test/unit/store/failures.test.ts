import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ReapPlan } from "../../../src/store/maintain/reapPlan";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { FailingDisk } from "../../support/disk/failingDisk";
import { checkpoint } from "../../support/sqlite/oracle";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream } from "../../support/streams/streams";
import { givenStore } from "./givenStore";

/** Names and contents below a directory, the empty scratchpad aside. */
function contents(directory: string): Map<string, string> {
	const paths = readdirSync(directory, { recursive: true, withFileTypes: true });
	const files = paths.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
	return new Map(files.sort().map((file) => [file, readFileSync(file).toString("base64")]));
}

const CODES = [
	["ENOSPC", "no-space"],
	["EACCES", "no-permission"],
	["EROFS", "no-permission"],
	["EIO", "disk-failed"],
] as const;

describe.each(CODES)("where the disk says %s", (code, expected) => {
	test.each(["full", "incremental"])("the %s snapshot fails, leaves nothing, and can be made again", async (kind) => {
		const { store, base, wals, images } = await givenStore(2, 1);
		const stream = kind === "full" ? fullStream(base, wals) : incrementalStream(wals[1]!);
		const before = contents(store.directory);
		for (let call = 1; ; call++) {
			const disk = new FailingDisk(call, code);
			const failing = await SnapshotStore.open(store.directory, { disk });
			const error = await add(failing, stream, { index: 20n }).catch((reason: unknown) => reason);
			if (!disk.failed) break;
			if (typeof error === "string") {
				// The one call whose failure does not matter: a file of the scratchpad stays until the next recovery.
				expect(readdirSync(join(store.directory, "scratchpad"))).toEqual([error]);
				await store.recover();
				break;
			}
			expect(error).toMatchObject({
				name: "StoreError",
				code: expected,
				path: expect.stringContaining(store.directory),
			});
			expect(contents(store.directory)).toEqual(before);
		}
		const file = join(temporaryDirectory(), "restored.sqlite");
		await store.restore("latest", file);
		expect(readFileSync(file).equals(images[2]!)).toBe(true);
	});

	test("a restore fails, and leaves what was there", async () => {
		const { store } = await givenStore(1);
		const directory = temporaryDirectory();
		for (let call = 1; ; call++) {
			const disk = new FailingDisk(call, code);
			const failing = await SnapshotStore.open(store.directory, { disk });
			const error = await failing.restore("latest", join(directory, "db.sqlite")).catch((reason: unknown) => reason);
			if (!disk.failed) break;
			expect(error).toMatchObject({ name: "StoreError", code: expected });
			expect(readdirSync(directory).filter((name) => name !== "db.sqlite")).toEqual([]);
		}
	});
});

test.each([
	[1, 3],
	[2, 4],
])(
	"a reap of %i WALs that finds the disk full keeps every snapshot's state, and is finished by the next recovery",
	async (going, count) => {
		for (let call = 1; ; call++) {
			const { store, ids, base, wals, images } = await givenStore(count);
			const disk = new FailingDisk(call, "ENOSPC");
			const failing = await SnapshotStore.open(store.directory, { disk });
			const outcome = await failing.reap().catch((reason: unknown) => reason);
			if (!disk.failed) break;
			if (outcome instanceof Error) expect(outcome).toMatchObject({ name: "StoreError", code: "no-space" });
			else expect(movedWals(outcome as ReapPlan)).toBe(2); // there was no room to merge them
			const restored = async () => {
				for (const { id } of await store.listAll()) {
					const file = join(temporaryDirectory(), "restored.sqlite");
					await store.restore(id, file);
					expect(readFileSync(file).equals(images[ids.indexOf(id)]!)).toBe(true);
				}
			};
			await restored();
			const planned = readdirSync(store.directory).includes("reap-plan.json");
			const begun = planned || (await store.listAll()).length < ids.length;
			await store.recover();
			expect((await store.listAll()).map(({ id }) => id)).toEqual(begun ? ids.slice(-2) : ids);
			await restored();
			const file = readFileSync(join(store.generationDirectory("0000000001"), "base.sqlite"));
			expect(file.equals(begun ? checkpoint(base, wals.slice(0, going)) : base)).toBe(true);
		}
	},
);

function movedWals({ steps }: ReapPlan): number {
	return steps.filter(({ step }) => step === "move-wal").length;
}
