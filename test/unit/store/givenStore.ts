import { join } from "node:path";
import { SnapshotStore, type StoreOptions } from "../../../src/store/snapshotStore";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { add, fullStream, incrementalStream } from "../../support/streams/streams";

export interface GivenStore {
	readonly store: SnapshotStore;
	/** Of the snapshots that are in it, oldest first. */
	readonly ids: readonly string[];
	readonly base: Uint8Array;
	readonly wals: readonly Uint8Array[];
	/** The base, and the database after each WAL, as SQLite itself has them. */
	readonly images: readonly Uint8Array[];
}

/** A new store of a full snapshot, index 10, and incremental ones, from 11 on: the first `stored` of `count` WALs. */
export async function givenStore(count: number, stored = count, options: StoreOptions = {}): Promise<GivenStore> {
	const store = await SnapshotStore.open(join(temporaryDirectory(), "store"), options);
	const { base, wals, images } = liveChain(count);
	const ids = [await add(store, fullStream(base), { index: 10n })];
	for (const [n, wal] of wals.slice(0, stored).entries()) {
		ids.push(await add(store, incrementalStream(wal), { index: BigInt(11 + n) }));
	}
	return { store, ids, base, wals, images };
}

/** A database with pages of 1024 bytes, and what it went through. */
export function liveChain(count: number): Pick<GivenStore, "base" | "wals" | "images"> {
	const live = new LiveDatabase({ pageSize: 1024 });
	try {
		live.run("create table t(a, b); insert into t values(0, randomblob(5000))");
		const base = live.file();
		const wals: Uint8Array[] = [];
		const images = [base];
		for (let n = 1; n <= count; n++) {
			live.run(
				`insert into t values(${n}, randomblob(${n * 3000})); update t set b = randomblob(9) where a = ${n - 2}`,
			);
			wals.push(live.cutWal());
			images.push(live.file());
		}
		return { base, wals, images };
	} finally {
		live.close();
	}
}
