import { expect, test } from "vitest";
import type { HostFunctions, SnapshotDescription } from "../../../src/protocol/page";
import { ASK_ABOVE_BYTES, type Phase, SnapshotSession } from "../../../src/webview/snapshotSession";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { localEngines } from "./openSession";

/** A base, and one log behind it. */
function chainFiles(): [Uint8Array, Uint8Array] {
	const database = new LiveDatabase();
	try {
		database.run("create table fruit(name); create view v as select * from fruit; insert into fruit values('fig')");
		const base = database.file();
		database.run("insert into fruit values('sloe')");
		return [base, database.cutWal()];
	} finally {
		database.close();
	}
}

/** A panel on these files, as the extension serves them. */
function panel(files: readonly Uint8Array[], described: Partial<SnapshotDescription> = {}) {
	const description: SnapshotDescription = {
		store: "store",
		generation: "0000000001",
		id: "1-2-3",
		term: "1",
		index: "2",
		kind: "incremental",
		createdAt: undefined,
		newest: "1-2-3",
		present: true,
		files: files.map(({ byteLength }, n) => ({ path: `file${n}`, sizeBytes: byteLength, modifiedAt: 1 })),
		pending: 0,
		findings: [],
		...described,
	};
	const host: HostFunctions = {
		describe: async () => description,
		readFile: async (file, offset, length) => files[file]!.slice(offset, offset + length),
		openSnapshot: async () => {},
		verifyStore: async () => {},
		copyText: async () => {},
	};
	const phases: Phase["name"][] = [];
	const session: SnapshotSession = new SnapshotSession(host, localEngines().start, () => {
		if (phases.at(-1) !== session.phase.name) phases.push(session.phase.name);
	});
	return { session, phases, host };
}

test("a sound chain is read, opened and counted", async () => {
	const { session, phases } = panel(chainFiles());
	await session.start();
	expect(phases).toEqual(["describing", "reading", "opening", "open"]);
	expect(session.phase).toMatchObject({
		report: { wals: [{ path: "file1", frames: 1, framesApplied: 1, end: { reason: "end-of-file" } }], findings: [] },
		objects: [
			{ kind: "table", name: "fruit" },
			{ kind: "view", name: "v" },
		],
	});
	expect([...session.rowCounts]).toEqual([["fruit", 2]]);
});

test("a damaged chain is refused, then opened up to the last sound commit", async () => {
	const [base, wal] = chainFiles();
	const { session } = panel([base, wal.subarray(0, -1)]);
	await session.start();
	expect(session.phase).toMatchObject({ name: "damaged", report: { findings: [{ code: "wal-torn-frame" }] } });
	await session.openDamaged();
	expect(session.phase).toMatchObject({ name: "open", report: { findings: [{ code: "wal-torn-frame" }] } });
	expect([...session.rowCounts]).toEqual([["fruit", 1]]);
});

test("an incomplete chain opens nothing", async () => {
	const { session, phases } = panel([]);
	await session.start();
	expect(phases).toEqual(["describing", "incomplete"]);
});

test("much to read waits for a word", async () => {
	const files = [{ path: "base.sqlite", sizeBytes: ASK_ABOVE_BYTES + 1, modifiedAt: 1 }];
	const { session, phases } = panel([new Uint8Array()], { files });
	await session.start();
	expect(session.phase).toEqual({ name: "large", totalBytes: ASK_ABOVE_BYTES + 1 });
	await session.load();
	expect(phases).toEqual(["describing", "large", "reading", "failed"]); // the file is not as large as it was said to be
});

test("pieces of files that changed in between are not put together, whatever their size", async () => {
	const { session, host } = panel(chainFiles());
	const { describe, readFile } = host;
	host.readFile = async (...piece) => {
		const description = await describe();
		host.describe = async () => ({
			...description,
			files: description.files.map((file) => ({ ...file, modifiedAt: 2 })),
		});
		await session.refresh();
		return readFile(...piece);
	};
	await session.start();
	expect(session.phase).toEqual({ name: "failed", message: "Its files changed on disk while they were read." });
});

test("reading can be stopped and started again", async () => {
	const { session, phases } = panel(chainFiles());
	const started = session.start();
	while (session.phase.name !== "reading") await Promise.resolve();
	session.stopReading();
	await started;
	expect(phases).toEqual(["describing", "reading", "stopped"]);
	await session.start();
	expect(session.phase.name).toBe("open");
});

test("what cannot be described fails with the reason", async () => {
	const { session, host } = panel(chainFiles());
	host.describe = () => Promise.reject(new Error("Snapshot 1-2-3 is not in store."));
	await session.start();
	expect(session.phase).toEqual({ name: "failed", message: "Snapshot 1-2-3 is not in store." });
});

test("a change of the store leaves open what is open", async () => {
	const { session, host } = panel(chainFiles());
	await session.start();
	const described = await host.describe();
	host.describe = async () => ({ ...described, present: false, files: [] });
	await session.refresh();
	expect([session.phase.name, session.description?.present]).toEqual(["open", false]);
	host.describe = () => Promise.reject(new Error("out of reach"));
	await session.refresh();
	expect([session.phase.name, session.description?.present]).toEqual(["open", false]);
});
