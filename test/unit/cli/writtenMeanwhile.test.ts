import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, watch } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { canLock, holdRaftLog } from "../../support/stores/holdRaftLog";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { cliPath, ended, failure, snapstore } from "./snapstore";

/** 30 MB, more than the program holds back and a pipe takes. */
const ROWS = 5000;
const FILL = `
	create table cell(id integer primary key, version, filler);
	with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
		insert into cell select i, 0, hex(zeroblob(3000)) from n;
`;

let top: string;
let store: string;
let oldest: BuiltSnapshot;
let newest: BuiltSnapshot;
beforeEach(() => {
	top = temporaryDirectory();
	store = join(top, "store");
	const snapshots = buildStore(
		store,
		(builder) => {
			builder.database.run(FILL);
			builder.full();
			for (const version of [1, 2, 3]) {
				builder.database.run(`update cell set version = ${version}`);
				if (version === 2) builder.database.run("delete from cell where id > 1000");
				builder.incremental();
			}
		},
		{ autoVacuum: "full" },
	);
	oldest = snapshots[0]!;
	newest = snapshots.at(-1)!;
});

const run = (...args: readonly string[]) =>
	spawn(process.execPath, [cliPath, ...args], { stdio: ["ignore", "pipe", "pipe"] });

/** Takes the oldest snapshots away, and writes later ones' pages into the base. */
async function reap(): Promise<void> {
	expect(await snapstore("reap", store)).toMatchObject({ status: 0 });
}

const CHANGED = /^snapstore: .*base\.sqlite changed since the store was listed\. Try again; .*\n$/;

describe("a snapshot that is reaped while it is read", () => {
	test("is not restored", async () => {
		const target = join(top, "target");
		mkdirSync(target);
		const watcher = watch(target);
		const child = run("restore", store, oldest.id, "--output", join(target, "out.sqlite"));
		const end = ended(child);
		await once(watcher, "change");
		child.kill("SIGSTOP");
		watcher.close();
		await reap();
		child.kill("SIGCONT");

		expect(await end).toEqual(failure(1, CHANGED));
		expect(readdirSync(target)).toEqual([]);
	});

	test.each([`${ROWS}`, `${ROWS - 1}`])("gives no answer that looks whole (--limit %s)", async (limit) => {
		const sql = "select version, filler from cell order by id";
		const child = run("query", store, oldest.id, sql, "--json", "--limit", limit);
		await once(child.stdout, "readable");
		await reap();
		const { status, stdout, stderr } = await ended(child);

		expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(CHANGED) });
		expect(() => JSON.parse(stdout)).toThrow(SyntaxError);
	});
});

test.runIf(canLock)("what is missing while a node runs may be there the next time", async () => {
	rmSync(join(store, newest.file));
	const missing = `snapshot ${newest.id} cannot be read exactly: ${newest.file} is missing; this snapshot and those after it cannot be rebuilt.`;
	const advice =
		"Take it from a backup or another node. Snapshots before it are not affected. --allow-damaged reads what is sound of it.";
	const query = () => snapstore("query", store, newest.id, "select 1");

	const raftLog = await holdRaftLog(top);
	const tryAgain = "A node seems to be at work there: try again, it may have been just then. Else:";
	expect(await query()).toEqual(failure(1, `${missing} ${tryAgain} ${advice}`));
	await raftLog.release();
	expect(await query()).toEqual(failure(1, `${missing} ${advice}`));
});
