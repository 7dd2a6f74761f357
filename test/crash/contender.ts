// Wants to create a snapshot. Says what came of it, and holds the sink until its input ends. usage: contender.cjs <store>

import { SnapshotStore } from "../../src/store/snapshotStore";
import { StoreError } from "../../src/store/storeError";
import { raft } from "../support/streams/streams";

async function contend(directory: string): Promise<void> {
	const store = await SnapshotStore.open(directory);
	try {
		const sink = await store.create(raft({ index: 20n }));
		process.stdout.write("won\n");
		for await (const _ of process.stdin);
		await sink.cancel();
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		process.stdout.write(`${error.code}\n`);
	}
}

contend(process.argv[2] ?? "").catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
