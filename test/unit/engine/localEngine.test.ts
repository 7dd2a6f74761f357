import { describe, expect, test } from "vitest";
import { LocalEngine } from "../../../src/engine/localEngine";
import { openBytes } from "../../../src/engine/openBytes";
import type { ChainBytes, EngineFunctions } from "../../../src/protocol/engine";
import { decodeRows, encodeRow } from "../../../src/protocol/rows";
import type { Row } from "../../../src/protocol/values";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { engineHomes } from "./engineHomes";

/** A base with 10 rows, and a log that makes them 5,000. */
function chain(): ChainBytes {
	const live = new LiveDatabase();
	live.run(`
		create table t(a integer primary key, b);
		insert into t(a, b) values(1, 9007199254740993), (2, x'00ff'), (3, null), (4, 1e999), (5, 'é'),
			(6, cast(x'ff' as text)), (7, -1.5), (8, ''), (9, x''), (10, 0);
	`);
	const base = new Uint8Array(live.file());
	live.run(`
		with recursive n(i) as (values (11) union all select i + 1 from n where i < 5000)
		insert into t select i, 'row ' || i from n;
	`);
	const wal = new Uint8Array(live.cutWal());
	live.close();
	return {
		snapshot: "2-9-1",
		base: { path: "g/base.sqlite", bytes: base },
		wals: [{ path: "g/2-9-1/wal", bytes: wal }],
		pending: 0,
	};
}

const strict = { allowDamaged: false };

describe.each(engineHomes)("an engine %s", (_, start) => {
	/** With the chain open in it. */
	async function opened(): Promise<EngineFunctions> {
		const { open, functions } = await start(chain());
		await open(strict);
		return functions;
	}

	async function all(remote: EngineFunctions, sql: string, maxRows: number) {
		const { cursor } = await remote.query(sql);
		const batches: Row[][] = [];
		let done = false;
		while (!done) {
			const batch = await remote.fetchRows(cursor, maxRows);
			const rows = decodeRows(batch.rows);
			expect(rows.length).toBe(batch.rowCount);
			batches.push(rows);
			done = batch.done;
		}
		return batches;
	}

	test("opens a chain and says what it stands on", async () => {
		const { open, functions: remote } = await start(chain());
		expect(await open(strict)).toMatchObject({
			state: "open",
			lazily: true,
			report: {
				pageSize: 4096,
				findings: [],
				wals: [{ path: "g/2-9-1/wal", end: { reason: "end-of-file" } }],
			},
		});
		expect((await remote.schema()).map(({ kind, name }) => [kind, name])).toEqual([["table", "t"]]);
		expect(await remote.countRows("t")).toBe(5000);
	});

	test("tells the structure of a table", async () => {
		const { columns, problems } = await (await opened()).structure("t");
		expect(columns.map(({ name, affinity, keyPosition }) => [name, affinity, keyPosition])).toEqual([
			["a", "INTEGER", 1],
			["b", "BLOB", 0],
		]);
		expect(problems).toEqual([]);
	});

	test("measures what takes the space, in as many answers as it takes", async () => {
		const remote = await opened();
		for (let round = 0; round < 2; round++) {
			let measuring = await remote.measureSpace();
			while (!measuring.done) measuring = await remote.measureSpace();
			const { space, faults } = measuring;
			expect(faults).toEqual({ faults: [], count: 0 });
			expect(space?.objects.map(({ object, entries }) => [object.name, entries])).toEqual([
				["sqlite_schema", 1],
				["t", 5000],
			]);
		}
	});

	test("names the page and the table where SQLite finds the database malformed", async () => {
		const { base, ...rest } = chain();
		const bytes = (base.bytes as Uint8Array).slice();
		bytes.fill(0, 4096);
		const { open, functions } = await start({ ...rest, wals: [], base: { ...base, bytes } });
		await open(strict);
		await expect(all(functions, "select * from t", 100)).rejects.toThrow(
			"database disk image is malformed: page 2 of table t is no b-tree page: it starts with 0. Rows on other pages can be read; verifying the store tells all that is damaged.",
		);
		expect(await functions.schema()).toHaveLength(1);
	});

	test("gives every value exactly", async () => {
		const remote = await opened();
		const [rows] = await all(remote, "select b from t where a <= 10", 100);
		expect(rows?.flat()).toEqual([
			9007199254740993n,
			new Uint8Array([0, 255]),
			null,
			Number.POSITIVE_INFINITY,
			"é",
			{ invalidText: new Uint8Array([255]) },
			-1.5,
			"",
			new Uint8Array(0),
			0n,
		]);
		const extremes =
			"select 9223372036854775807, -9223372036854775807 - 1, -1e999, 0.1, -0.0, 1e999 - 1e999, x'00' || 'a'";
		expect(await all(remote, extremes, 1)).toContainEqual([
			[9223372036854775807n, -9223372036854775808n, Number.NEGATIVE_INFINITY, 0.1, -0, null, "\0a"],
		]);
	});

	test("gives rows in batches of at most so many rows, and of about a mebibyte", async () => {
		const remote = await opened();

		const batches = await all(remote, "select a from t", 1999);
		expect(batches.map((rows) => rows.length)).toEqual([1999, 1999, 1002]);
		expect(batches.flat()).toEqual(Array.from({ length: 5000 }, (_, n) => [BigInt(n + 1)]));
		expect((await all(remote, "select zeroblob(300000) from t limit 9", 1000)).map((rows) => rows.length)).toEqual([
			4, 4, 1,
		]);
		// A last batch that is full to the row cannot know that nothing follows.
		expect((await all(remote, "select a from t limit 4", 2)).map((rows) => rows.length)).toEqual([2, 2, 0]);
		expect(await all(remote, "select a from t where a < 0", 10)).toEqual([[]]);
	});

	test("takes values for the parameters of a statement", async () => {
		const remote = await opened();
		const values = [9007199254740993n, "é\0", null, Uint8Array.of(0, 255), -1.5];
		const { cursor } = await remote.query("select ?1, ?2, ?3, ?4, ?5", encodeRow(values));
		expect(decodeRows((await remote.fetchRows(cursor, 1)).rows)).toEqual([values]);
	});

	test("gives the rows at any place of a table, once they are found", async () => {
		const remote = await opened();
		const { browse, columns } = await remote.browse({ table: "t", filters: [], order: [] });
		expect(columns).toEqual(["a", "b"]);
		expect(await remote.surveyRows(browse!, 60_000)).toEqual({ rowCount: 5000, complete: true, full: false });
		const places = await Promise.all(
			[4998, 0, 2500].map(async (first) => decodeRows((await remote.browseRows(browse!, first, 3)).rows)),
		);
		expect(places.map((rows) => rows.map(([a]) => a))).toEqual([
			[4999n, 5000n],
			[1n, 2n, 3n],
			[2501n, 2502n, 2503n],
		]);
		await remote.closeBrowse(browse!);
		await expect(remote.browseRows(browse!, 0, 1)).rejects.toThrow("The browse is closed.");
	});

	test("gives the rows of a table that pass filters, in an order", async () => {
		const remote = await opened();
		const { browse } = await remote.browse({
			table: "t",
			filters: [
				{ column: "b", kind: "matches", pattern: "^ROW \\d*99$", caseSensitive: false },
				{ column: "a", kind: "range", bounds: encodeRow([500n, null]) },
			],
			order: [{ column: "a", descending: true }],
		});
		expect(await remote.surveyRows(browse!, 60_000)).toEqual({ rowCount: 45, complete: true, full: false });
		const { rows } = await remote.browseRows(browse!, 43, 10);
		expect(decodeRows(rows)).toEqual([
			[699n, "row 699"],
			[599n, "row 599"],
		]);
		await expect(
			remote.browse({ table: "t", filters: [{ column: "c", kind: "null" }], order: [] }),
		).rejects.toMatchObject({ code: "sql", message: "no such column: c" });
	});

	test("keeps several results apart, and closes each", async () => {
		const remote = await opened();
		const first = await remote.query("select a from t");
		const second = await remote.query("select a from t order by a desc");
		const next = async (cursor: number) => decodeRows((await remote.fetchRows(cursor, 1)).rows);

		expect([await next(first.cursor), await next(second.cursor), await next(first.cursor)]).toEqual([
			[[1n]],
			[[5000n]],
			[[2n]],
		]);
		await remote.closeCursor(first.cursor);
		await remote.closeCursor(first.cursor);
		await expect(remote.fetchRows(first.cursor, 1)).rejects.toThrow("The result is closed.");
		expect(await next(second.cursor)).toEqual([[4999n]]);
	});

	test.each([
		["delete from t", "write-refused"],
		["with x as (select 1) delete from t", "write-refused"],
		["select nonsense", "sql"],
		["select 1; select 2", "sql"],
		["select zeroblob(900000000)", "too-large"],
		["select zeroblob(70000000)", "too-large"],
	])("%s fails with the code %s, and the next statement is answered", async (sql, code) => {
		const remote = await opened();
		await expect(all(remote, sql, 10)).rejects.toMatchObject({ name: "RemoteError", code });
		expect(await all(remote, "select 1", 10)).toEqual([[[1n]]]);
	});

	test("fails in the middle of a result, which is closed then", async () => {
		const remote = await opened();
		const { cursor, columns } = await remote.query(
			"select abs(case when a = 3 then -9223372036854775807 - 1 else a end) x from t",
		);
		expect(columns).toEqual(["x"]);
		expect((await remote.fetchRows(cursor, 2)).rowCount).toBe(2);
		await expect(remote.fetchRows(cursor, 2)).rejects.toMatchObject({ code: "sql", message: "integer overflow" });
		await expect(remote.fetchRows(cursor, 2)).rejects.toThrow("The result is closed.");
	});

	test("refuses a damaged chain until it is told to go as far as it can", async () => {
		const sound = chain();
		const wal = sound.wals[0]!.bytes as Uint8Array;
		wal[wal.byteLength - 1]! ^= 1;
		const { open, functions: remote } = await start(sound);

		expect(await open(strict)).toMatchObject({
			state: "damaged",
			canOpen: true,
			report: { findings: [{ code: "wal-checksum-mismatch", path: "g/2-9-1/wal" }] },
		});
		await expect(remote.query("select 1")).rejects.toThrow("No snapshot is open.");
		expect(await open({ allowDamaged: true })).toMatchObject({ state: "open" });
		expect(await remote.countRows("t")).toBe(10);
	});

	test("says of a base that is no database that nothing can be opened", async () => {
		const base = { path: "g/base.sqlite", bytes: new Uint8Array(5000) };
		const { open } = await start({ ...chain(), base });
		for (const allowDamaged of [false, true]) {
			expect(await open({ allowDamaged })).toMatchObject({
				state: "damaged",
				canOpen: false,
				report: { findings: [{ code: "base-damaged", path: "g/base.sqlite", offset: 0 }] },
			});
		}
	});
});

test("an engine whose SQLite does not start says why when it is asked to open", async () => {
	const engine = new LocalEngine(Promise.reject(new Error("no memory for WebAssembly")), openBytes);
	await expect(engine.open(chain(), strict)).rejects.toThrow("no memory for WebAssembly");
});
