import { appendFileSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ServedSnapshot } from "../../../../src/extension/panel/servedSnapshot";
import { decodeRows } from "../../../../src/protocol/rows";
import { EngineSession } from "../../../../src/webview/engine/engineSession";
import { SnapshotSession } from "../../../../src/webview/page/snapshotSession";
import { servedStore } from "../../../support/page/servedStore";
import { flipBit } from "../../../support/stores/damage";
import { packedState, writeV7Snapshot } from "../../../support/stores/rqliteV7Store";
import { type BuiltSnapshot, buildStore } from "../../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { engineProgram, hostHome } from "../../engine/hostHome";
import { written } from "../../engine/openDatabase";

const ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

/** A base and a log, with a table of two rows, and what the extension serves of them. */
function given(program = engineProgram) {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table fruit(name); insert into fruit values('fig')");
		store.full();
		store.database.run("insert into fruit values('sloe')");
		store.incremental();
	}) as [BuiltSnapshot, BuiltSnapshot];
	const [base, wal] = built.map(({ file }) => join(directory, file)) as [string, string];
	const snapshot = new ServedSnapshot(servedStore(directory), built[1].id, () => "store");
	const { home, served } = hostHome(directory, program);
	const describe = async () => served.describe(await snapshot.describe());
	return { directory, built, base, wal, home, served, describe };
}

type Given = ReturnType<typeof given>;

/** An engine over the files as they are now. */
async function open({ home, describe }: Pick<Given, "home" | "describe">): Promise<EngineSession> {
	await describe();
	const session = new EngineSession(await home.load(), { allowDamaged: false });
	onTestFinished(() => session.close());
	await session.opened;
	return session;
}

async function rows(session: EngineSession, sql: string): Promise<unknown> {
	const { cursor } = await session.ask((engine) => engine.query(sql));
	return decodeRows((await session.ask((engine) => engine.fetchRows(cursor, 100))).rows);
}

/** Files below a directory that this process has open. */
function openFiles(directory: string): string[] {
	return readdirSync("/proc/self/fd").flatMap((fd) => {
		try {
			const path = readlinkSync(`/proc/self/fd/${fd}`);
			return path.startsWith(directory) ? [path.slice(directory.length + 1)] : [];
		} catch {
			return []; // the one that listed
		}
	});
}

test("a query without an end is cancelled in the middle of it, and the next is answered", async () => {
	const session = await open(given());
	const { cursor } = await session.ask((engine) => engine.query(ENDLESS));
	const waiting = session.ask((engine) => engine.fetchRows(cursor, 1));
	session.interrupt();
	await expect(waiting).rejects.toMatchObject({ code: "closed" });
	expect(await rows(session, "select * from fruit")).toEqual([["fig"], ["sloe"]]);
});

test("an engine that is busy without an end holds up no other over the same files", async () => {
	const at = given();
	await at.describe();
	const start = await at.home.load();
	const [busy, idle] = [1, 2].map(() => new EngineSession(start, { allowDamaged: false }));
	onTestFinished(() => idle!.close());
	const { cursor } = await busy!.ask((engine) => engine.query(ENDLESS));
	const waiting = busy!.ask((engine) => engine.fetchRows(cursor, 1)).catch(() => "ended");
	expect(await rows(idle!, "select * from fruit")).toEqual([["fig"], ["sloe"]]);
	busy!.close();
	expect(await waiting).toBe("ended");
});

test("a file that is written to while it is open ends the answers, with a reason", async () => {
	for (const part of ["base", "wal"] as const) {
		const at = given();
		const session = await open(at);
		const { cursor } = await session.ask((engine) => engine.query("select * from fruit"));
		appendFileSync(at[part], "more");
		const path = at.built[part === "base" ? 0 : 1].file;
		const refusal = { code: "changed", message: expect.stringContaining(`${path} changed since it was opened`) };
		await expect(session.ask((engine) => engine.fetchRows(cursor, 1))).rejects.toMatchObject(refusal);
		await expect(session.ask((engine) => engine.query("nonsense"))).rejects.toMatchObject(refusal);
		await expect(session.ask((engine) => engine.countRows("fruit"))).rejects.toMatchObject(refusal);
	}
});

test("files that are deleted or replaced by others while they are open answer on, after a cancelled query too", async () => {
	const at = given();
	const session = await open(at);
	writeFileSync(`${at.base}.new`, "another file");
	renameSync(`${at.base}.new`, at.base);
	rmSync(at.wal);
	expect(await rows(session, "select * from fruit")).toEqual([["fig"], ["sloe"]]);
	const { cursor } = await session.ask((engine) => engine.query(ENDLESS));
	session.ask((engine) => engine.fetchRows(cursor, 1)).catch(() => {}); // it is interrupted
	session.interrupt();
	expect(await rows(session, "select count(*) from fruit")).toEqual([[2n]]);
});

test.runIf(process.platform === "linux")(
	"a panel that closes in the middle of a query ends the threads, then closes the files",
	async () => {
		const at = given();
		const session = await open(at);
		const { cursor } = await session.ask((engine) => engine.query(ENDLESS));
		session.ask((engine) => engine.fetchRows(cursor, 1)).catch(() => {}); // nobody answers any more
		expect(openFiles(at.directory)).toEqual(at.built.map(({ file }) => file));
		await at.served.dispose();
		expect(openFiles(at.directory)).toEqual([]);
		await expect(at.home.load()).rejects.toThrow("The panel is closed.");
	},
);

test.runIf(process.platform === "linux")("holding the files again lets go of those before", async () => {
	const at = given();
	const session = await open(at);
	session.close();
	await open(at);
	await expect.poll(() => openFiles(at.directory)).toEqual(at.built.map(({ file }) => file));
});

test("a thread that ends by itself is told, and whoever waits for it", async () => {
	const at = given({ ...engineProgram, script: join(temporaryDirectory(), "nothing.js") });
	await at.describe();
	const start = await at.home.load();
	let tell = () => {};
	const ended = new Promise<void>((resolve) => {
		tell = resolve;
	});
	const { open } = await start(() => tell());
	await expect(open({ allowDamaged: false })).rejects.toMatchObject({ code: "closed" });
	await ended;
});

test("nothing is held that the page was not offered, or that is another file by now", async () => {
	const at = given();
	await expect(at.home.load()).rejects.toThrow("was not offered");
	await at.describe();
	appendFileSync(at.wal, "more");
	await expect(at.home.load()).rejects.toMatchObject({ code: "changed" });
	rmSync(at.wal);
	await expect(at.home.load()).rejects.toMatchObject({ code: "not-found" });
});

/** A page on the snapshot, whose store is disturbed when its files are about to be held. */
async function openedPage(at: Given, disturb: (attempt: number) => void) {
	let attempts = 0;
	const pauses: number[] = [];
	const refuse = () => Promise.reject(new Error("not asked for here"));
	const load = () => {
		disturb(++attempts);
		return at.home.load();
	};
	const session = new SnapshotSession(
		{
			describe: at.describe,
			readFile: refuse,
			openSnapshot: refuse,
			reportFindings: async () => {},
			verifyStore: refuse,
			copyText: refuse,
			saveValue: refuse,
			exportRows: refuse,
			restoreSnapshot: refuse,
		},
		{ host: { load }, webview: { load: refuse } },
		() => {},
		async (ms) => void pauses.push(ms),
	);
	await session.start();
	onTestFinished(() => session.close());
	return { session, pauses };
}

test("files that change before they are held are listed and held again", async () => {
	const at = given();
	const { session, pauses } = await openedPage(at, (attempt) => {
		if (attempt < 3) writeFileSync(at.wal, readFileSync(at.wal));
	});
	expect([session.phase.name, pauses]).toEqual(["open", [100, 400]]);
	expect([...session.rowCounts]).toEqual([["fruit", 2]]);
	expect(session.loaded?.engine).toEqual({ home: "host", because: "setting", limitBytes: 0 });
});

test("a damaged chain is refused and told of, then opened up to the last sound commit", async () => {
	const at = given();
	flipBit(at.wal, 4000);
	const { session } = await openedPage(at, () => {});
	expect(session.phase).toMatchObject({
		name: "damaged",
		canOpen: true,
		report: { findings: [{ code: "wal-checksum-mismatch" }] },
	});
	await session.openPartial();
	expect(session.phase.name).toBe("open");
	expect([...session.rowCounts]).toEqual([["fruit", 1]]);
});

test("a database that rqlite 7 packed is unpacked in the thread", async () => {
	const directory = temporaryDirectory();
	writeV7Snapshot(directory, {
		id: "2-7-1000",
		state: packedState(written("create table t(a); insert into t values (7)")),
	});
	const snapshot = new ServedSnapshot(servedStore(directory), "2-7-1000", () => "store");
	const { home, served } = hostHome(directory);
	const session = await open({ home, describe: async () => served.describe(await snapshot.describe()) });
	expect(await rows(session, "select a from t")).toEqual([[7n]]);
});
