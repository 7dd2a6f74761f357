import { expect, test } from "vitest";
import { ServedSnapshot } from "../../../src/extension/panel/servedSnapshot";
import type { HostFunctions } from "../../../src/protocol/page";
import { decodeRows } from "../../../src/protocol/rows";
import { connect } from "../../../src/protocol/rpc";
import { SnapshotStore } from "../../../src/store/snapshotStore";
import { SnapshotSession } from "../../../src/webview/page/snapshotSession";
import { servedStore } from "../../support/page/servedStore";
import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { pageAlone, portChannel } from "./openSession";

/**
 * A page on the snapshot at a position of five, whose base takes several pieces; `disturb` is called once, while the
 * first are on their way. With the rows of its table, if it opened.
 */
async function open(position: number, disturb: (directory: string) => Promise<unknown>) {
	const directory = temporaryDirectory();
	const built = buildStore(directory, (store) => {
		store.database.run("create table t(a); create table fill(b); insert into fill values(zeroblob(3000000))");
		store.full();
		for (let n = 1; n <= 4; n++) {
			store.database.run(`insert into t values(${n})`);
			store.incremental();
		}
	}) as [BuiltSnapshot, BuiltSnapshot, BuiltSnapshot, BuiltSnapshot, BuiltSnapshot];
	const { id } = built[position]!;
	const served = new ServedSnapshot(servedStore(directory), id, () => "store");
	let disturbed = false;
	const read = async (...piece: Parameters<HostFunctions["readFile"]>) => {
		if (!disturbed) {
			disturbed = true;
			await disturb(directory);
		}
		return served.read(...piece);
	};
	const { port1, port2 } = new MessageChannel();
	const host: HostFunctions = {
		describe: () => served.describe(),
		readFile: read,
		openSnapshot: async () => {},
		reportFindings: async (findings) => served.report(findings),
		verifyStore: async () => {},
		copyText: async () => {},
		saveValue: async () => {},
		exportRows: async () => {},
		restoreSnapshot: async () => {},
	};
	const extension = connect(host, portChannel(port2));
	const { remote, close } = connect<HostFunctions, object>({}, portChannel(port1));
	const session = new SnapshotSession(
		remote,
		pageAlone(remote),
		() => {},
		async () => {},
	);
	await session.start();
	const rows = session.phase.name === "open" ? await ask(session, "select a from t") : undefined;
	session.close();
	close();
	extension.close();
	return { session, rows, built };
}

async function ask({ phase }: SnapshotSession, sql: string): Promise<unknown> {
	if (phase.name !== "open") throw new Error(`it is ${phase.name}`);
	const { cursor } = await phase.engine.ask((engine) => engine.query(sql));
	return decodeRows((await phase.engine.ask((engine) => engine.fetchRows(cursor, 10))).rows);
}

const reap = async (directory: string) => (await SnapshotStore.open(directory)).reap();

test("a snapshot whose chain is reaped shorter while it is read has the rows that it had", async () => {
	const { session, rows } = await open(4, reap);
	expect(rows).toEqual([[1n], [2n], [3n], [4n]]);
	expect(session.loaded?.files).toHaveLength(3);
});

test("a snapshot that a reap takes while it is read is gone, and the newest is known", async () => {
	const { session, rows, built } = await open(1, reap);
	expect([session.phase, rows]).toEqual([{ name: "gone" }, undefined]);
	expect(session.description).toMatchObject({ present: false, newest: built[4].id });
});
