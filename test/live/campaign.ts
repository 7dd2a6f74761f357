import type { Ledger } from "./ledger";
import type { LiveNode } from "./liveNode";
import type { Reader } from "./reader";

export interface CampaignOptions {
	readonly snapshots: number;
	/** The node reaps after each so many. */
	readonly snapshotsPerReap: number;
}

const TRANSACTIONS_PER_SNAPSHOT = 3;

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
	for (let n = 0; n < TRANSACTIONS_PER_SNAPSHOT; n++) await node.execute(ledger.next());
	await node.snapshot();
	if (reaps) await node.reap();
}

/** Leaves nothing running behind an error. */
async function bothEnd(...work: readonly Promise<void>[]): Promise<void> {
	for (const ended of await Promise.allSettled(work)) if (ended.status === "rejected") throw ended.reason;
}
