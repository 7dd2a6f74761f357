import { LiveDatabase } from "../sqlite/liveDatabase";

/** A database and the logs that follow it, as a real SQLite wrote them. */
export interface TestChain {
	readonly database: Uint8Array;
	/** Of three transactions each. */
	readonly wals: readonly Uint8Array[];
	/** The database file after SQLite's own checkpoint of so many logs, the first one of none. */
	readonly states: readonly [Uint8Array, ...Uint8Array[]];
}

/** Has SQLite write a database and so many logs. */
export function writeChain(walCount: number): TestChain {
	const live = new LiveDatabase({ pageSize: 1024 });
	try {
		live.run("create table goods(id integer primary key, name text)");
		live.run("insert into goods(name) values('tea'), ('cup')");
		const database = live.file();
		const states: [Uint8Array, ...Uint8Array[]] = [database];
		const wals = Array.from({ length: walCount }, (_, at) => {
			live.run(`insert into goods(name) values(hex(zeroblob(700)) || ${at})`);
			live.run(`update goods set name = name || '${at}' where id = ${at}`);
			live.run(`create table goods${at} as select * from goods`);
			const wal = live.cutWal();
			states.push(live.file());
			return wal;
		});
		return { database, wals, states };
	} finally {
		live.close();
	}
}
