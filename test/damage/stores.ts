import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LiveDatabase } from "../support/sqlite/liveDatabase";
import { LiveDatabase as Database } from "../support/sqlite/liveDatabase";
import { packedState, plainState, writeV7Snapshot } from "../support/stores/rqliteV7Store";
import { buildRqliteV8 } from "../support/stores/rqliteV8Store";
import { buildRqliteV10 } from "../support/stores/rqliteV10Store";
import { buildStore } from "../support/stores/storeBuilder";
import { temporaryDirectory } from "../support/stores/temporaryDirectory";
import { loadStore, type MemoryStore } from "./memoryStore";

/** A sound store of some layout, and the bytes of each snapshot's database as SQLite has them. */
export interface SoundStore extends MemoryStore {
	readonly layout: string;
	readonly images: ReadonlyMap<string, Uint8Array>;
}

const OPTIONS = { pageSize: 512 };

/** One store of every layout. */
export function soundStores(): readonly SoundStore[] {
	return [generations(), rqliteV10(), rqliteV8(), rqliteV7()];
}

function begin(database: LiveDatabase): void {
	database.run(`
		create table t(id integer primary key, a text, b blob);
		create table w(k text primary key, v) without rowid;
		create index t_a on t(a);
		create table cold(x);
		with recursive n(i) as (values (1) union all select i + 1 from n where i < 60)
		insert into t(a, b) select 'row ' || i, zeroblob(i * 9) from n;
		insert into w select a, id from t;
		insert into cold select printf('%.*c', 90, 'c') || id from t;
	`);
}

function change(database: LiveDatabase, round: number): void {
	database.run(`
		update t set a = a || '-${round}' where id % 7 = ${round};
		insert into t(a, b) values ('more ${round}', zeroblob(1200)), ('and more', x'0102');
		delete from w where v % 11 = ${round};
	`);
	if (round === 2) database.run("create table later(y); insert into later select a from t");
}

function generations(): SoundStore {
	const directory = temporaryDirectory();
	const built = buildStore(
		directory,
		(store) => {
			begin(store.database);
			store.full();
			for (let round = 1; round <= 4; round++) {
				change(store.database, round);
				store.incremental();
			}
			store.full();
			change(store.database, 5);
			store.incremental();
		},
		OPTIONS,
	);
	return { layout: "generations", ...loadStore(directory, "snapshots"), images: imagesOf(built) };
}

function rqliteV10(): SoundStore {
	const directory = join(temporaryDirectory(), "wsnapshots");
	const built = buildRqliteV10(
		directory,
		(store) => {
			begin(store.database);
			store.full("2-10-1000");
			for (let round = 1; round <= 4; round++) {
				change(store.database, round);
				if (round === 2) {
					store.stage();
					change(store.database, 6);
				}
				store.incremental(`2-${10 + round}-${1000 + round}`);
			}
			store.full("3-20-2000");
			change(store.database, 5);
			store.incremental("3-21-2001");
		},
		OPTIONS,
	);
	return { layout: "rqlite-v10", ...loadStore(directory, "wsnapshots"), images: imagesOf(built) };
}

function rqliteV8(): SoundStore {
	const directory = join(temporaryDirectory(), "rsnapshots");
	const built = buildRqliteV8(
		directory,
		(store) => {
			begin(store.database);
			store.full("2-10-1000");
			change(store.database, 1);
			store.incremental("2-11-1001", "renamed");
		},
		OPTIONS,
	);
	return { layout: "rqlite-v8", ...loadStore(directory, "rsnapshots"), images: imagesOf(built.slice(-1)) };
}

function rqliteV7(): SoundStore {
	const directory = join(temporaryDirectory(), "snapshots");
	mkdirSync(directory);
	const database = new Database(OPTIONS);
	const images = new Map<string, Uint8Array>();
	try {
		begin(database);
		for (const [round, pack] of [packedState, plainState].entries()) {
			const id = `2-${10 + round}-${1000 + round}`;
			images.set(id, database.file());
			writeV7Snapshot(directory, { id, state: pack(database.file()) });
			change(database, round + 1);
		}
	} finally {
		database.close();
	}
	return { layout: "rqlite-v7", ...loadStore(directory, "snapshots"), images };
}

function imagesOf(
	built: readonly { readonly id: string; readonly image: Uint8Array }[],
): ReadonlyMap<string, Uint8Array> {
	return new Map(built.map(({ id, image }) => [id, image]));
}
