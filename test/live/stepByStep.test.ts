import { expect, test } from "vitest";
import { Failure } from "../../src/cli/failure";
import { type LocatedStore, locateStore } from "../../src/cli/open/locate";
import { type OpenSnapshot, openSnapshot } from "../../src/cli/open/openSnapshot";
import { FileError } from "../../src/core/files";
import { storeSnapshots } from "../../src/core/snapshot/catalog";
import type { Snapshot } from "../../src/core/snapshot/model";
import { imageBytes } from "../support/images/openBytes";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { Ledger } from "./ledger";
import { NODES } from "./nodes";
import { expectState } from "./restoredState";

const CELLS = 40;

/** How many of the node's changes lie between opening a snapshot and reading it, in turn. */
const CHANGES_BETWEEN = [1, 4, 16, 64];

/** A snapshot that was opened before a change of the node, and is read after it. */
interface Held {
	readonly id: string;
	readonly open: OpenSnapshot;
	readonly until: number;
}

test.each(NODES)("%s: whatever the node changes, a snapshot is read exactly or not at all", async (_layout, start) => {
	const ledger = new Ledger(CELLS);
	const outcomes = { exact: 0, refused: 0 };
	let held: readonly Held[] = [];
	let changes = 0;
	let opened = 0;
	let watching = false;

	const node = await start(temporaryDirectory(), async () => {
		if (!watching) return;
		changes++;
		await readHeld(({ until }) => until <= changes);
		const located = await locateStore(node.dataDirectory, undefined);
		for (const snapshot of storeSnapshots(located.store)) {
			await count(async () => read(snapshot.id, await open(located, snapshot)));
			await count(async () => {
				const until = changes + CHANGES_BETWEEN[opened++ % CHANGES_BETWEEN.length]!;
				held = [...held, { id: snapshot.id, open: await open(located, snapshot), until }];
			});
		}
	});

	async function readHeld(isDue: (held: Held) => boolean): Promise<void> {
		const due = held.filter(isDue);
		held = held.filter((one) => !due.includes(one));
		for (const { id, open } of due) await count(() => read(id, open));
	}

	async function count(work: () => Promise<void>): Promise<void> {
		try {
			await work();
			outcomes.exact++;
		} catch (error) {
			if (!(error instanceof Failure || error instanceof FileError)) throw error;
			outcomes.refused++;
		}
	}

	async function read(id: string, { image, confirm, close }: OpenSnapshot): Promise<void> {
		try {
			const bytes = imageBytes(image);
			await confirm();
			expectState(bytes, ledger.digestOf(id));
		} finally {
			close();
		}
	}

	async function makeSnapshot(): Promise<void> {
		for (let n = 0; n < 3; n++) ledger.apply(await node.execute(ledger.next()));
		await node.snapshot();
	}

	try {
		for (let made = 0; made < 2; made++) await makeSnapshot();
		watching = true;
		for (let made = 0; made < 3; made++) await makeSnapshot();
		await node.reap();
		watching = false;
		await readHeld(() => true);
		const located = await locateStore(node.dataDirectory, undefined);
		for (const snapshot of storeSnapshots(located.store)) await read(snapshot.id, await open(located, snapshot));
	} finally {
		for (const { open } of held) open.close();
		await node.stop();
	}
	console.log(JSON.stringify(outcomes));
	expect(outcomes.exact).toBeGreaterThan(0);
	expect(outcomes.refused).toBeGreaterThan(0);
});

const open = (located: LocatedStore, snapshot: Snapshot) => openSnapshot(located, snapshot, { allowDamaged: false });
