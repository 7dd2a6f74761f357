import { describe, expect, test } from "vitest";
import type { HostFunctions, SnapshotDescription } from "../../../../src/protocol/page";
import { decodeRows } from "../../../../src/protocol/rows";
import { RemoteError } from "../../../../src/protocol/rpc";
import { ASK_ABOVE_BYTES, type Phase } from "../../../../src/webview/page/phase";
import { SnapshotSession } from "../../../../src/webview/page/snapshotSession";
import { LiveDatabase } from "../../../support/sqlite/liveDatabase";
import { described } from "../described";
import { pageAlone } from "../openSession";

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

/** A panel on these files, as the extension serves them; waits take no time. */
function panel(files: readonly Uint8Array[], part: Partial<SnapshotDescription> = {}) {
	const description = described({
		kind: "incremental",
		files: files.map(({ byteLength }, n) => ({ path: `file${n}`, sizeBytes: byteLength, modifiedAt: 1 })),
		...part,
	});
	const found: string[] = [];
	const host: HostFunctions = {
		describe: async () => description,
		readFile: async (file, offset, length) => files[file]!.slice(offset, offset + length),
		openSnapshot: async () => {},
		reportFindings: async (findings) => void found.push(...findings.map(({ code }) => code)),
		verifyStore: async () => {},
		copyText: async () => {},
		saveValue: async () => {},
		exportRows: async () => {},
		restoreSnapshot: async () => {},
	};
	const phases: Phase["name"][] = [];
	const pauses: number[] = [];
	const session: SnapshotSession = new SnapshotSession(
		host,
		pageAlone(host),
		() => {
			if (phases.at(-1) !== session.phase.name) phases.push(session.phase.name);
		},
		async (ms) => void pauses.push(ms),
	);
	return { session, phases, host, description, found, pauses };
}

/** The rows of a query, once the database is open. */
async function ask({ phase }: SnapshotSession, sql: string): Promise<unknown> {
	if (phase.name !== "open") throw new Error(`it is ${phase.name}`);
	const { cursor } = await phase.engine.ask((engine) => engine.query(sql));
	return decodeRows((await phase.engine.ask((engine) => engine.fetchRows(cursor, 10))).rows);
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

test("a damaged chain is refused and told of, then opened up to the last sound commit", async () => {
	const [base, wal] = chainFiles();
	const { session, found } = panel([base, wal.subarray(0, -1)]);
	await session.start();
	expect(session.phase).toMatchObject({ name: "damaged", report: { findings: [{ code: "wal-torn-frame" }] } });
	expect(found).toEqual(["wal-torn-frame"]);
	await session.openPartial();
	expect(session.phase).toMatchObject({ name: "open", report: { findings: [{ code: "wal-torn-frame" }] } });
	expect([...session.rowCounts]).toEqual([["fruit", 1]]);
});

test("an incomplete chain opens nothing, then what there is up to the first missing file", async () => {
	const [base] = chainFiles();
	const { session, phases, found } = panel([base], { upTo: "1-1-1" });
	await session.start();
	expect(phases).toEqual(["describing", "incomplete"]);
	await session.openPartial();
	expect(phases).toEqual(["describing", "incomplete", "reading", "opening", "open"]);
	expect(session.loaded?.upTo).toBe("1-1-1");
	expect([...session.rowCounts]).toEqual([["fruit", 1]]);
	expect(found).toEqual([]);
});

test("a chain without a base has nothing to open, until the missing file is back", async () => {
	const { session, phases, host, description } = panel(chainFiles());
	host.describe = async () => ({ ...description, upTo: undefined, files: [] });
	await session.start();
	await session.openPartial();
	expect(phases).toEqual(["describing", "incomplete"]);
	host.describe = async () => description;
	await session.refresh();
	expect(session.phase.name).toBe("open");
});

test("much to read waits for a word", async () => {
	const files = [{ path: "base.sqlite", sizeBytes: ASK_ABOVE_BYTES + 1, modifiedAt: 1 }];
	const { session, phases } = panel([new Uint8Array()], { files });
	await session.start();
	expect(session.phase).toEqual({ name: "large", totalBytes: ASK_ABOVE_BYTES + 1 });
	await session.load();
	expect(phases).toEqual(["describing", "large", "reading", "failed"]); // the file is not as large as it was said to be
});

describe("a node at work", () => {
	test("files that change while they are read are read again, and what was before is not mixed in", async () => {
		const { session, host, description, pauses, phases } = panel(chainFiles());
		const [base, wal] = chainFiles();
		const after = { ...description, files: description.files.map((file) => ({ ...file, modifiedAt: 2 })) };
		const { readFile } = host;
		host.readFile = async (file, ...place) => {
			const piece = await readFile(file, ...place);
			if (file === 0) return piece;
			// The last file has been read when the first is found to have changed.
			host.describe = async () => after;
			host.readFile = async (n, offset, length) => [base, wal][n]!.slice(offset, offset + length);
			return piece;
		};
		await session.start();
		expect(phases).toEqual(["describing", "reading", "opening", "open"]);
		expect(pauses).toEqual([100]);
		expect(session.loaded).toMatchObject({ files: after.files });
		expect(await ask(session, "select * from fruit")).toEqual([["fig"], ["sloe"]]);
	});

	test.each(["changed", "vanished"])("a file that has %s is looked for again", async (code) => {
		const { session, host, pauses } = panel(chainFiles());
		const { readFile } = host;
		host.readFile = async () => {
			host.readFile = readFile;
			throw new RemoteError(code, "wal changed while it was read.");
		};
		await session.start();
		expect([session.phase.name, pauses]).toEqual(["open", [100]]);
	});

	test("a snapshot that is reaped while it is read is gone", async () => {
		const { session, host, description, phases } = panel(chainFiles());
		host.readFile = async () => {
			host.describe = async () => ({ ...description, present: false, upTo: undefined, files: [], newest: "1-9-9" });
			throw new RemoteError("vanished", "wal is no longer in the store.");
		};
		await session.start();
		expect(phases).toEqual(["describing", "reading", "gone"]);
		expect(session.description?.newest).toBe("1-9-9");
	});

	test("files that never come to rest are given up, with a reason", async () => {
		const { session, host, pauses, phases } = panel(chainFiles());
		host.readFile = () => Promise.reject(new RemoteError("changed", "wal changed while it was read."));
		await session.start();
		expect(pauses).toEqual([100, 400, 1600, 6400]);
		expect(phases).toEqual(["describing", "reading", "failed"]);
		expect(session.phase).toMatchObject({ message: expect.stringContaining("each of the 5 times") });
	});

	test("a file that cannot be read for another reason is not tried again", async () => {
		const { session, host, pauses } = panel(chainFiles());
		host.readFile = () => Promise.reject(new RemoteError("no-permission", "wal: permission denied"));
		await session.start();
		expect([session.phase, pauses]).toEqual([{ name: "failed", message: "wal: permission denied" }, []]);
	});

	test("waiting for the next try can be stopped", async () => {
		const { session, host, phases } = panel(chainFiles());
		host.readFile = () => {
			session.stopReading();
			return Promise.reject(new RemoteError("changed", "wal changed while it was read."));
		};
		await session.start();
		expect(phases).toEqual(["describing", "reading", "stopped"]);
	});

	test("a snapshot that was never there is gone", async () => {
		const { session, host } = panel(chainFiles());
		host.describe = () => Promise.reject(new RemoteError("gone", "Snapshot 1-2-3 is no longer in store."));
		await session.start();
		expect(session.phase).toEqual({ name: "gone" });
	});
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

test("opening can be stopped and started again", async () => {
	const { session, phases } = panel(chainFiles());
	const started = session.start();
	while (session.phase.name !== "opening") await Promise.resolve();
	session.stopReading();
	await started;
	expect(phases).toEqual(["describing", "reading", "opening", "stopped"]);
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
	const { session, host, description } = panel(chainFiles());
	await session.start();
	host.describe = async () => ({ ...description, present: false, files: [] });
	await session.refresh();
	expect([session.phase.name, session.description?.present]).toEqual(["open", false]);
	host.describe = () => Promise.reject(new Error("out of reach"));
	await session.refresh();
	expect([session.phase.name, session.description?.present]).toEqual(["open", false]);
});
