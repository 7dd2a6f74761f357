import { expect } from "vitest";
import { DIGEST, type Ledger } from "./ledger";
import type { LiveNode, RealNode } from "./liveNode";
import type { Reader } from "./reader";

export interface CampaignOptions {
	readonly snapshots: number;
	/** The node reaps after each so many. */
	readonly snapshotsPerReap: number;
}

const TRANSACTIONS_PER_SNAPSHOT = 3;

/** Between two snapshots that are made without pause: some are there for longer than others. */
const MOST_TRANSACTIONS = 12;

/**
 * Has a node write, make snapshots and reap, and reads every snapshot there is while it does so. Whenever the node rests
 * every snapshot that is listed must be had; at other times it may be refused, and only because it is being taken away.
 */
export async function runCampaign(
	node: LiveNode,
	{ ledger, reader }: { readonly ledger: Ledger; readonly reader: Reader },
	{ snapshots, snapshotsPerReap }: CampaignOptions,
): Promise<void> {
	for (let made = 1; made <= snapshots; made++) {
		const reaps = made % snapshotsPerReap === 0;
		await bothEnd(
			work(node, ledger, reaps),
			reader.readListed({ mayBeGone: reaps || node.takenAwayBy === "snapshot" }),
		);
		await reader.list();
		if (reaps) await reader.readListed({ mayBeGone: false });
	}
}

async function work(node: LiveNode, ledger: Ledger, reaps: boolean): Promise<void> {
	for (let n = 0; n < TRANSACTIONS_PER_SNAPSHOT; n++) ledger.apply(await node.execute(ledger.next()));
	await node.snapshot();
	if (reaps) await node.reap();
}

/** Has a node that keeps one snapshot write and make snapshots, and reads each of them while it rests. */
export async function runAtRest(
	node: LiveNode,
	{ ledger, reader }: { readonly ledger: Ledger; readonly reader: Reader },
	{ snapshots }: { readonly snapshots: number },
): Promise<void> {
	for (let made = 1; made <= snapshots; made++) {
		await work(node, ledger, false);
		await reader.list();
		await reader.readListed({ mayBeGone: false });
	}
}

/**
 * Has a node write and make snapshots without pause, while everything that can be read of it is read so many times. A
 * snapshot may be gone by then; the live database never is.
 */
export async function runWithoutPause(
	node: RealNode,
	{ ledger, reader }: { readonly ledger: Ledger; readonly reader: Reader },
	{ readings }: { readonly readings: number },
): Promise<void> {
	let isRead = true;
	async function write(): Promise<void> {
		for (let made = 0; isRead; made++) {
			for (let n = 0; n <= made % MOST_TRANSACTIONS; n++) ledger.apply(await node.execute(ledger.next()));
			await node.snapshot();
		}
	}
	async function read(): Promise<void> {
		try {
			for (let n = 0; n < readings; n++) await reader.readAnything();
		} finally {
			isRead = false;
		}
	}
	ledger.apply(await node.execute(ledger.next()));
	await node.snapshot();
	await bothEnd(write(), read());
	await reader.list();
	await reader.readListed({ mayBeGone: false });
	expect(await node.query(DIGEST)).toEqual([ledger.digestAfter(ledger.applied)]);
}

/** Leaves nothing running behind an error. */
async function bothEnd(...work: readonly Promise<void>[]): Promise<void> {
	for (const ended of await Promise.allSettled(work)) if (ended.status === "rejected") throw ended.reason;
}
