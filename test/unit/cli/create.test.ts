import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { checkpoint, integrityCheck, queryAll } from "../../support/sqlite/oracle";
import { flipBit } from "../../support/stores/damage";
import { canLock, holdRaftLog } from "../../support/stores/holdRaftLog";
import { picture } from "../../support/stores/picture";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { cliPath, ended, failure, snapstore } from "./snapstore";

let top: string;
let store: string;
let database: string;
beforeEach(() => {
	top = temporaryDirectory();
	store = join(top, "store");
	database = join(top, "db.sqlite");
});

const NO_SERVERS = "The snapshot names no Raft servers: the store had no snapshot to take them from.";

const create = (...args: string[]) => snapstore("create", store, ...args);
const at = (term: number | string, index: number | string) => ["--term", `${term}`, "--index", `${index}`];

/** Writes a database and its WAL as a running program leaves them on disk. */
function writeDatabase(): { readonly base: Uint8Array; readonly wal: Uint8Array } {
	const live = new LiveDatabase();
	try {
		live.run("create table goods(id integer primary key, name text)");
		const base = live.file();
		live.run("insert into goods values(1, 'tea')");
		const wal = live.wal();
		writeFileSync(database, base);
		writeFileSync(`${database}-wal`, wal);
		return { base, wal };
	} finally {
		live.close();
	}
}

async function restored(): Promise<Uint8Array> {
	const output = join(top, "out.sqlite");
	expect(await snapstore("restore", store, "latest", "--output", output, "--force")).toMatchObject({ status: 0 });
	return readFileSync(output);
}

interface Listed {
	readonly stores: readonly { newest: string; findings: unknown[]; generations: { snapshots: { id: string }[] }[] }[];
}

async function listed(): Promise<Listed["stores"][number]> {
	const { stores }: Listed = JSON.parse((await snapstore("list", store, "--json")).stdout);
	return stores[0]!;
}

describe("a full snapshot", () => {
	test("in an empty directory begins a store, with the WAL taken along", async () => {
		mkdirSync(store);
		const { base, wal } = writeDatabase();
		const before = picture(top).filter((line) => line.includes("db.sqlite"));

		const { status, stdout, stderr } = await create("--database", database, ...at(2, "18446744073709551615"), "--json");

		expect({ status, stderr }).toEqual({
			status: 0,
			stderr: `snapstore: ${store} is empty: a new store begins there.\nsnapstore: ${NO_SERVERS}\n`,
		});
		const { newest, findings } = await listed();
		expect(JSON.parse(stdout)).toEqual({
			plan: [{ step: "create-snapshot", path: `generations/0000000001/${newest}` }],
			done: true,
			snapshot: newest,
			removed: [],
			checkpointed: [],
		});
		expect(newest).toMatch(/^2-18446744073709551615-\d{13}$/);
		expect(findings).toEqual([]);
		expect(Buffer.compare(await restored(), checkpoint(base, [wal]))).toBe(0);
		expect(picture(top).filter((line) => line.includes("db.sqlite"))).toEqual(before);
	});

	test("starts the next generation of a store, with the configuration of its newest snapshot", async () => {
		buildStore(store, (builder) => builder.full());
		writeDatabase();
		const { status, stderr } = await create("--database", database, ...at(3, 9));
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		const { newest, generations } = await listed();
		expect(generations.map(({ snapshots }) => snapshots.length)).toEqual([1, 1]);
		const meta: unknown = JSON.parse(readFileSync(join(store, "generations/0000000002", newest, "meta.json"), "utf8"));
		expect(meta).toMatchObject({
			Index: 9,
			Term: 3,
			Configuration: { Servers: [{ Suffrage: 0, ID: "node1", Address: "localhost:4002" }] },
			ConfigurationIndex: 1,
			Full: true,
		});
		expect(integrityCheck(await restored())).toEqual(["ok"]);
	});

	test("of a database behind a link finds the WAL beside the file itself", async () => {
		mkdirSync(store);
		writeDatabase();
		mkdirSync(join(top, "elsewhere"));
		symlinkSync(database, join(top, "elsewhere/link.db"));
		expect(await create("--database", join(top, "elsewhere/link.db"), ...at(1, 1))).toMatchObject({ status: 0 });
		expect(queryAll(await restored(), "select name from goods")).toEqual([["tea"]]);
	});

	test("of a WAL that a crash has torn holds what SQLite would show, and says so", async () => {
		mkdirSync(store);
		const { base } = writeDatabase();
		truncateSync(`${database}-wal`, 100);
		const { status, stderr } = await create("--database", database, ...at(1, 1));
		expect(status).toBe(0);
		expect(stderr).toContain("the file was cut in frame 1");
		expect(stderr).toContain("As SQLite does, only the 0 frames before it are used.");
		expect(Buffer.compare(await restored(), base)).toBe(0);
	});

	test.each<[string, () => void, string]>([
		[
			"with a hot journal",
			() => writeFileSync(`${database}-journal`, "\xd9\xd5\x05\xf9"),
			"is in the middle of a transaction",
		],
		["that is none", () => writeFileSync(database, "x".repeat(8192)), "is no SQLite database"],
		["that is empty", () => truncateSync(database, 0), "is no SQLite database: the file is empty"],
		[
			"that was cut",
			() => {
				rmSync(`${database}-wal`);
				truncateSync(database, 4096);
			},
			"was cut",
		],
		["beside a WAL without a sound header", () => flipBit(`${database}-wal`, 5), "db.sqlite-wal: "],
	])("of a database %s is refused", async (_, edit, reason) => {
		buildStore(store, (builder) => builder.full());
		writeDatabase();
		edit();
		const before = picture(store);
		const answer = await create("--database", database, ...at(3, 9));
		expect(answer).toEqual(failure(1, /^snapstore: .*\n$/));
		expect(answer.stderr).toContain(reason);
		expect(picture(store)).toEqual(before);
	});

	test("takes a journal that has been done with for none", async () => {
		mkdirSync(store);
		writeDatabase();
		writeFileSync(`${database}-journal`, new Uint8Array(512));
		expect(await create("--database", database, ...at(1, 1))).toMatchObject({ status: 0 });
	});
});

describe("an incremental snapshot", () => {
	test("follows the newest one", async () => {
		const live = new LiveDatabase();
		live.run("create table goods(id integer primary key, name text)");
		writeFileSync(database, live.file());
		mkdirSync(store);
		expect(await create("--database", database, ...at(2, 5))).toMatchObject({ status: 0 });
		live.run("insert into goods values(1, 'cup')");
		const wal = join(top, "log");
		writeFileSync(wal, live.cutWal());

		const { status, stdout, stderr } = await create("--wal", wal, ...at(2, 6));

		expect({ status, stderr }).toEqual({ status: 0, stderr: `snapstore: ${NO_SERVERS}\n` });
		expect(stdout).toMatch(
			/create-snapshot {2}generations\/0000000001\/2-6-\d+\n\nSnapshot 2-6-\d+ is in the store\.\n$/,
		);
		expect(Buffer.compare(await restored(), live.file())).toBe(0);
		// The same log a second time continues nothing.
		const before = picture(join(store, "generations"));
		const again = await create("--wal", wal, ...at(2, 7));
		expect(again).toEqual(failure(1, /^snapstore: .*\/log: The snapshot was refused.*they are the same log.*\n$/));
		expect(picture(join(store, "generations"))).toEqual(before);
		live.close();
	});

	test("of what is no WAL is refused with the name of the file", async () => {
		buildStore(store, (builder) => builder.full());
		const wal = join(top, "notes.txt");
		writeFileSync(wal, "no WAL at all, though it is long enough for a header");
		const refused = new RegExp(
			`^snapstore: ${wal}: The snapshot was refused.* is not that of a WAL \\(byte 0\\)\\.\n$`,
		);
		expect(await create("--wal", wal, ...at(2, 7))).toEqual(failure(1, refused));
	});

	test("without a base to follow is refused", async () => {
		mkdirSync(join(store, "generations"), { recursive: true });
		writeDatabase();
		const answer = await create("--wal", `${database}-wal`, ...at(2, 6));
		expect(answer).toEqual(failure(1, /^snapstore: .*Send a full snapshot\.\n$/));
		expect(readdirSync(join(store, "generations"))).toEqual([]);
	});
});

test("what a crash has left is put in order first, and told", async () => {
	buildStore(store, (builder) => builder.full());
	mkdirSync(join(store, "generations/0000000002.tmp"));
	writeDatabase();
	const { stdout, stderr } = await create("--database", database, ...at(3, 9), "--json");
	expect(stderr).toBe("step 1 of 1: remove-leftover generations/0000000002.tmp\n");
	expect(JSON.parse(stdout)).toMatchObject({
		plan: [{ step: "remove-leftover", path: "generations/0000000002.tmp" }, { step: "create-snapshot" }],
		removed: ["generations/0000000002.tmp"],
	});
});

test.runIf(canLock)("the store of a running node is refused by every command that writes", async () => {
	buildStore(store, (builder) => builder.full());
	writeDatabase();
	const before = picture(store);
	const raftLog = await holdRaftLog(top);
	const refused = failure(
		1,
		/^snapstore: A node seems to be running: process -?\d+ holds .*raft\.db\. Stop it first\.\n$/,
	);
	expect(await create("--database", database, ...at(3, 9))).toEqual(refused);
	expect(await snapstore("reap", store)).toEqual(refused);
	expect(await snapstore("recover", store)).toEqual(refused);
	await raftLog.release();
	expect(picture(store)).toEqual(before);
});

describe("in the middle", () => {
	/** Eight gigabytes that are nowhere on the disk. */
	function writeHugeDatabase(): void {
		const { base } = writeDatabase();
		rmSync(`${database}-wal`);
		const header = Buffer.from(base);
		header.writeUInt32BE(2 ** 21, 28);
		writeFileSync(database, header);
		truncateSync(database, 2 ** 21 * 4096);
	}

	/** Starts the command and answers once it has begun to take the database in. */
	async function begun() {
		const scratchpad = join(store, "scratchpad");
		const first = new Promise<void>((resolve) => {
			const watcher = watch(scratchpad, () => {
				watcher.close();
				resolve();
			});
		});
		const args = ["create", store, "--database", database, ...at(3, 9)];
		const child = spawn(process.execPath, [cliPath, ...args], { stdio: ["ignore", "pipe", "pipe"] });
		const end = ended(child);
		await first;
		return { child, end };
	}

	beforeEach(() => {
		buildStore(store, (builder) => builder.full());
		writeHugeDatabase();
	});

	test("an interrupt leaves the store as it was", async () => {
		const before = picture(join(store, "generations"));
		const { child, end } = await begun();
		child.kill("SIGINT");
		expect(await end).toEqual(failure(1, "Cancelled; the store is as it was."));
		expect(picture(join(store, "generations"))).toEqual(before);
		expect(readdirSync(join(store, "scratchpad"))).toEqual([]);
		expect(readdirSync(store).sort()).toEqual(["generations", "scratchpad"]);
	});

	test("a database that is written meanwhile is refused", async () => {
		const before = picture(join(store, "generations"));
		const { end } = await begun();
		truncateSync(database, 2 ** 14 * 4096);
		expect(await end).toEqual(failure(1, /^snapstore: .*db\.sqlite.* (changed|longer).*\n$/));
		expect(picture(join(store, "generations"))).toEqual(before);
		expect(readdirSync(join(store, "scratchpad"))).toEqual([]);
	});
});

describe("wrong usage", () => {
	test.each<[string, readonly string[], string]>([
		["no file", at(1, 1), "Name one file: --database for a full snapshot, --wal for an incremental one."],
		[
			"two files",
			["--database", "a", "--wal", "b", ...at(1, 1)],
			"Name one file: --database for a full snapshot, --wal for an incremental one.",
		],
		["no index", ["--database", "a", "--term", "1"], "Give the snapshot's index with --index."],
		["no term", ["--database", "a", "--index", "1"], "Give the snapshot's term with --term."],
		[
			"an index that is too large",
			["--database", "a", ...at(1, "18446744073709551616")],
			"--index takes a whole number from 0 to 2^64-1, not 18446744073709551616.",
		],
		["a term that is none", ["--database", "a", ...at("x", 1)], "--term takes a whole number from 0 to 2^64-1, not x."],
		[
			"a dry run",
			["--dry-run", "--database", "a", ...at(1, 1)],
			"create takes no --dry-run. snapstore --help shows what each command takes.",
		],
	])("%s", async (_, args, line) => {
		expect(await create(...args)).toEqual(failure(2, line));
	});

	test("a file that is not there, and a directory that holds other things", async () => {
		mkdirSync(store);
		const missing = join(top, "missing");
		expect(await create("--database", missing, ...at(1, 1))).toEqual(failure(2, `${missing} is not there.`));
		expect(await create("--wal", top, ...at(1, 1))).toEqual(
			failure(2, `${top} is a directory or a device where a file should be.`),
		);
		expect(readdirSync(store)).toEqual([]);
		writeDatabase();
		writeFileSync(join(store, "letter"), "");
		expect(await create("--database", database, ...at(1, 1))).toEqual(
			failure(2, new RegExp(`There is no snapshot store in ${store}`)),
		);
		expect(readdirSync(store)).toEqual(["letter"]);
	});
});

test("a snapshot older than the newest one is refused: it would pass for the newest", async () => {
	buildStore(store, (builder) => {
		builder.database.run("create table t(a)");
		builder.full({ term: 3, index: 1001 });
	});
	writeDatabase();
	const before = picture(join(store, "generations"));
	expect(await create("--database", database, ...at(3, 1000))).toEqual(
		failure(
			1,
			/^snapstore: A snapshot of term 3 and index 1000 would be older than the newest one, 3-1001-\d+\. .*\n$/,
		),
	);
	expect(picture(join(store, "generations"))).toEqual(before);
	expect(await create("--database", database, ...at(3, 1001))).toMatchObject({ status: 0 });
});
