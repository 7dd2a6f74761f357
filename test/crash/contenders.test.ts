import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { SnapshotStore } from "../../src/store/snapshotStore";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { raft } from "../support/streams/streams";
import { buildProgram } from "./buildProgram";

let program: string;
beforeAll(async () => {
	program = await buildProgram("contender");
});

test("of processes that all want to create, one does, and the others are told", async () => {
	const store = await SnapshotStore.open(join(temporaryDirectory(), "store"));
	const contenders = [1, 2, 3].map(() =>
		spawn(process.execPath, [program, store.directory], { stdio: ["pipe", "pipe", "inherit"] }),
	);
	const ended = Promise.all(contenders.map((contender) => once(contender, "exit")));
	const answers = await Promise.all(contenders.map(async ({ stdout }) => String(await once(stdout, "data"))));
	expect(answers.sort()).toEqual(["store-busy\n", "store-busy\n", "won\n"]);
	await expect(store.create(raft())).rejects.toMatchObject({ code: "store-busy" });
	for (const { stdin } of contenders) stdin.end();
	await ended;
	expect(readdirSync(store.directory).sort()).toEqual(["generations", "scratchpad"]);
	await (await store.create(raft())).cancel();
});
