import { describe, expect, onTestFinished, test } from "vitest";
import { imageBytes, openBytes } from "../../../../support/images/openBytes";
import { type DatabaseOptions, LiveDatabase } from "../../../../support/sqlite/liveDatabase";
import { checkpoint, integrityCheck } from "../../../../support/sqlite/oracle";
import { sealWal } from "../../../../support/sqlite/sealWal";
import { utf16Chain } from "../../../../support/sqlite/utf16Chain";

// Given a base and logs that SQLite wrote, the image is what SQLite's own checkpoint makes of them.

const TABLE = "create table t(a integer primary key, b text); create index tb on t(b);";

function open(options?: DatabaseOptions): LiveDatabase {
	const live = new LiveDatabase(options);
	onTestFinished(() => live.close());
	return live;
}

/** Runs each step in a log of its own. The states are the database's own file at every snapshot, the base's first. */
function chain(live: LiveDatabase, first: string, steps: readonly string[]) {
	live.run(first);
	const base = live.file();
	const wals: Uint8Array[] = [];
	const states = [base];
	for (const step of steps) {
		live.run(step);
		wals.push(live.cutWal());
		states.push(live.file());
	}
	return { base, wals, states };
}

function numbers(count: number, from = 1): string {
	return `with recursive n(value) as (select ${from} union all select value + 1 from n limit ${count}) select value from n`;
}

function rows(count: number, from = 1, text = "'row ' || value"): string {
	return `insert into t select value, ${text} from (${numbers(count, from)});`;
}

/** Checks that a chain's image has the bytes that SQLite makes of it, and says its findings, then how each log ended. */
function compare(base: Uint8Array, wals: readonly Uint8Array[], expected: Uint8Array): string {
	const { image, report } = openBytes(base, wals);
	const bytes = image ? imageBytes(image) : new Uint8Array(0);
	expect(Buffer.compare(checkpoint(base, wals), expected), "SQLite's checkpoint is what was expected of it").toBe(0);
	expect(Buffer.compare(bytes, expected), "the image is SQLite's checkpoint").toBe(0);
	const ends = report.wals.map(({ framesApplied, frames, end }) => `${framesApplied}/${frames} ${end?.reason}`);
	return [...report.findings.map(({ code }) => code), ...ends].join(", ");
}

describe.each([512, 1024, 2048, 4096, 8192, 16384, 32768, 65536])("pages of %i bytes", (pageSize) => {
	test("grow, change, shrink and grow again", () => {
		const live = open({ pageSize });
		const big = `zeroblob(${pageSize * 3})`;
		const { base, wals, states } = chain(live, TABLE, [
			rows(300),
			"update t set b = 'changed ' || a where a % 3 = 0; delete from t where a % 7 = 0",
			rows(10, 1000, big),
			"delete from t where a >= 1000; vacuum",
			rows(12, 2000, big),
			"drop table t",
		]);

		states.forEach((state, snapshot) => {
			const upTo = wals.slice(0, snapshot);
			expect(compare(base, upTo, state)).toBe(
				upTo
					.map((wal) => (wal.byteLength - 32) / (24 + pageSize))
					.map((frames) => `${frames}/${frames} end-of-file`)
					.join(", "),
			);
		});
		const sizes = states.map(({ byteLength }) => byteLength);
		expect(sizes[4]).toBeLessThan(sizes[3]!);
		expect(sizes[5]).toBeGreaterThan(sizes[4]!);
		expect(integrityCheck(states.at(-1)!)).toEqual(["ok"]);
	});
});

test("several transactions on one page: the last one counts", () => {
	const live = open();
	const steps = ["insert into t values(1, 'one')", "update t set b = 'two'", "update t set b = 'three'"];
	const { base, wals, states } = chain(live, TABLE, [steps.join(";")]);

	expect(compare(base, wals, states[1]!)).toBe("6/6 end-of-file");
});

test("a shrink and a growth within one log", () => {
	const live = open();
	const { base, wals, states } = chain(live, `${TABLE} ${rows(500)}`, [
		`delete from t where a > 10; vacuum; ${rows(2000, 20)}`,
		`delete from t; vacuum; ${rows(30)}`,
	]);

	expect(compare(base, wals, states[2]!)).toMatch(/^\d+\/\d+ end-of-file, \d+\/\d+ end-of-file$/);
	expect(states[1]!.byteLength).toBeGreaterThan(base.byteLength);
	expect(states[2]!.byteLength).toBeLessThan(base.byteLength);
});

test.each(["full", "incremental"] as const)("auto-vacuum %s", (autoVacuum) => {
	const live = open({ autoVacuum });
	const { base, wals, states } = chain(live, `${TABLE} ${rows(400)}`, [
		"delete from t where a > 100; pragma incremental_vacuum(3)",
		"pragma incremental_vacuum; create table u(x)",
		rows(700, 5000),
		"drop table t; pragma incremental_vacuum",
	]);

	states.forEach((state, snapshot) => {
		expect(compare(base, wals.slice(0, snapshot), state)).not.toContain("image-incomplete");
	});
	expect(states[4]!.byteLength).toBeLessThan(states[3]!.byteLength);
});

test("WITHOUT ROWID, overflow pages, generated columns, a table dropped", () => {
	const live = open({ pageSize: 1024 });
	const { base, wals, states } = chain(
		live,
		"create table w(k text, v blob, n generated always as (length(v)) stored, primary key(k, v)) without rowid",
		[
			"insert into w(k, v) values('a', zeroblob(5000)), ('b', zeroblob(70000)), ('ü', x'00ff')",
			"update w set v = zeroblob(9) where k = 'b'; create table gone(a)",
			"drop table gone; replace into w(k, v) values('ü', zeroblob(3000))",
		],
	);

	states.forEach((state, snapshot) => {
		expect(compare(base, wals.slice(0, snapshot), state)).not.toContain("image-incomplete");
	});
});

test.each(["UTF-16le", "UTF-16be"] as const)("%s", async (encoding) => {
	const { base, wals } = await utf16Chain(encoding, [
		"create table t(a, b)",
		"insert into t values('漢字', zeroblob(3000)), ('😀', 'é')",
		"delete from t where a = '漢字'; vacuum",
	]);

	expect(compare(base, wals, checkpoint(base, wals))).toMatch(/end-of-file, \d+\/\d+ end-of-file$/);
});

test.each([512, 4096, 65536])("checksums over big-endian words, pages of %i bytes", (pageSize) => {
	const live = open({ pageSize });
	const { base, wals, states } = chain(live, TABLE, [rows(200), "delete from t where a < 150; vacuum"]);
	const sealed = wals.map((wal) => sealWal(wal, { bigEndian: true }));

	expect(compare(base, sealed, states[2]!)).toMatch(/^(\d+)\/\1 end-of-file, (\d+)\/\2 end-of-file$/);
});

test("logs without frames: no bytes, or a header alone", () => {
	const live = open();
	const { base, wals, states } = chain(live, TABLE, [rows(5), "pragma user_version", rows(5, 100)]);
	const [first, unchanged, last] = wals;
	const headerOnly = first!.subarray(0, 32);

	expect(unchanged!.byteLength).toBe(0);
	expect(compare(base, [first!, unchanged!, last!], states[3]!)).toBe(
		"2/2 end-of-file, 0/0 end-of-file, 2/2 end-of-file",
	);
	expect(compare(base, [headerOnly, first!, headerOnly], states[1]!)).toBe(
		"0/0 end-of-file, 2/2 end-of-file, 0/0 end-of-file",
	);
});

describe("what SQLite leaves behind the last commit", () => {
	test("frames of two older cycles", () => {
		const live = open();
		live.run(TABLE);
		const base = live.file();
		live.run(rows(2000));
		const oldest = live.wal();
		live.restartWal();
		live.run("update t set b = 'x' || b where a < 300");
		const older = live.wal();
		live.restartWal();
		live.run("delete from t where a = 7");
		const newest = live.cutWal();

		expect(new Set([oldest, older, newest].map(({ byteLength }) => byteLength)).size).toBe(1);
		expect(compare(base, [oldest, older, newest], live.file())).toMatch(
			/^(\d+)\/\1 end-of-file, \d+\/\1 salt-mismatch, [1-9]\/\1 salt-mismatch$/,
		);
	});

	test("a transaction that was not committed", () => {
		const live = open();
		live.run(`${TABLE} create table u(b); insert into u select zeroblob(3000) from (${numbers(60)})`);
		const base = live.file();
		live.run(rows(3));
		const committed = live.wal();
		const once = live.spill("update u set b = zeroblob(2999)");
		const twice = live.spill(rows(2000, 100));

		expect(compare(base, [once], checkpoint(base, [committed]))).toMatch(/^2\/\d\d uncommitted$/);
		// A frame that was written for the second time has a new page under its old checksum.
		expect(compare(base, [twice], checkpoint(base, [committed]))).toMatch(/^2\/\d\d rolled-back$/);
	});

	test("a transaction that was rolled back, behind a smaller commit", () => {
		const live = open();
		live.run(TABLE);
		const base = live.file();
		live.run(rows(3));
		live.spill(rows(2000, 100));
		live.run("update t set b = 'small' where a = 1");

		expect(compare(base, [live.cutWal()], live.file())).toMatch(/^4\/\d\d rolled-back$/);
	});

	// A transaction that writes a page twice leaves salts and checksums of its frames for the commit that never came.
	test("two transactions that were rolled back, the later one shorter and unsigned", () => {
		const live = open();
		live.run(`create table u(b); insert into u select zeroblob(3000) from (${numbers(60)}); ${TABLE}`);
		const base = live.file();
		live.spill("update u set b = zeroblob(2999)");
		live.spill(rows(2000, 100));
		live.run("insert into t values(1, 'small')");

		expect(compare(base, [live.cutWal()], live.file())).toMatch(/^2\/\d\d rolled-back$/);
	});

	// The page that was written twice differs from what its checksum is over in a few low bits, as the other mark does.
	test("a rolled back page that a commit mark would make sound by chance", () => {
		const live = open({ pageSize: 1024, autoVacuum: "incremental" });
		const create = (name: string) => `create table if not exists ${name}(k integer primary key, v blob);`;
		const insert = (name: string, bytes: number, count: number) =>
			`${create(name)} insert into ${name}(v) select zeroblob(${bytes}) || value from (${numbers(count)});`;
		live.run("create table first(x); insert into first values(zeroblob(900))");
		const base = live.file();
		live.run(`begin; ${insert("b", 400, 11)} ${create("a")} commit`);
		live.run(`begin; drop table b; ${insert("c", 400, 3)} commit`);
		live.spill(insert("a", 100, 19));

		expect(compare(base, [live.cutWal()], live.file())).toBe("17/20 rolled-back");
	});

	test("an older cycle that had rolled a transaction back", () => {
		const live = open();
		live.run(TABLE);
		const base = live.file();
		live.run(rows(3));
		live.spill(rows(2000, 100));
		live.run("update t set b = 'small' where a = 1");
		const first = live.wal();
		live.restartWal();
		live.run("update t set b = 'later' where a = 2");

		expect(compare(base, [first, live.cutWal()], live.file())).toMatch(/^4\/(\d\d) rolled-back, 2\/\1 salt-mismatch$/);
	});

	test("a savepoint rolled back after it had spilled, in a transaction that commits", () => {
		const live = open();
		live.run(TABLE);
		const base = live.file();
		live.run(
			`pragma cache_size = 1; begin; ${rows(2)} savepoint s; ${rows(2000, 100)} rollback to s; ${rows(2, 50)} commit`,
		);

		expect(compare(base, [live.cutWal()], live.file())).toMatch(/^3\/\d\d rolled-back$/);
	});
});

describe("a page that a transaction adds and frees again", () => {
	const addAndFree =
		"begin; create table a(k); insert into a values(zeroblob(3000)); create table b(k); drop table a; commit";
	const told = () => chain(open({ pageSize: 512, autoVacuum: "incremental" }), TABLE, [addAndFree, rows(9), "vacuum"]);

	test("is in no file, and zeros", () => {
		const { base, wals, states } = told();
		const view = Buffer.from(wals[0]!);
		const written = Array.from({ length: (view.byteLength - 32) / 536 }, (_, n) => view.readUInt32BE(32 + n * 536));
		const added = Array.from(
			{ length: (states[1]!.byteLength - base.byteLength) / 512 },
			(_, n) => base.byteLength / 512 + 1 + n,
		);

		expect(added.filter((pageNumber) => !written.includes(pageNumber))).toEqual([6]);
		states.forEach((state, snapshot) => {
			expect(compare(base, wals.slice(0, snapshot), state)).not.toContain("image-incomplete");
		});
	});

	test("is missed where it is in use", () => {
		const { base, wals } = told();
		const withoutFreelist = Uint8Array.from(wals[0]!);
		const pageOne = 32 + 24;
		withoutFreelist.fill(0, pageOne + 32, pageOne + 40);
		const { report } = openBytes(base, [sealWal(withoutFreelist)]);

		expect(report.findings).toMatchObject([{ code: "image-incomplete", page: 6, path: "wal-1" }]);
	});
});

describe("a base of another length than the commit", () => {
	const story = () => {
		const live = open({ pageSize: 1024 });
		return chain(live, `${TABLE} ${rows(100)}`, ["delete from t where a > 3; vacuum", rows(300, 10)]);
	};

	test("longer, as before a shrink that was checkpointed half-way", () => {
		const { base, wals, states } = story();
		const longer = new Uint8Array(base.byteLength + 5 * 1024).fill(7, base.byteLength);
		longer.set(base);

		expect(compare(longer, wals, states[2]!)).toMatch(/^(\d+)\/\1 end-of-file, (\d+)\/\2 end-of-file$/);
	});

	test("shorter, where the log brings the rest", () => {
		const { base, wals, states } = story();
		const { image, report } = openBytes(base.subarray(0, 4 * 1024), wals, 1);

		expect(report.findings).toEqual([]);
		expect(Buffer.compare(imageBytes(image!), states[2]!)).toBe(0);
	});
});
