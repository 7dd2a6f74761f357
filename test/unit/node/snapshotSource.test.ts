import { renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { bytesSource } from "../../../src/core/files";
import { readNow } from "../../../src/core/reading";
import { readStreamLayout } from "../../../src/core/stream/readStreamLayout";
import { databaseSource, type SnapshotSource, walSource } from "../../../src/node/snapshotSource";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { checkpoint } from "../../support/sqlite/oracle";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

let directory: string;
let database: string;
let base: Uint8Array;
let wal: Uint8Array;
/** A database and a WAL beside it that ends in a transaction without a commit, as a program that runs leaves them. */
beforeEach(() => {
	directory = temporaryDirectory();
	database = join(directory, "db.sqlite");
	const live = new LiveDatabase();
	live.run("create table goods(id integer primary key, name text); create table kinds(name text)");
	base = live.file();
	live.run("insert into goods values(1, 'tea')");
	wal = live.spill(`
		with recursive n(i) as (values (2) union all select i + 1 from n where i < 400)
		insert into goods select i, hex(randomblob(900)) from n
	`);
	live.close();
	writeFileSync(database, base);
	writeFileSync(`${database}-wal`, wal);
});

/** The bytes that the stream of a source has, and what its head says of them. */
function taken({ head, body }: SnapshotSource) {
	const stream = new Uint8Array(head.byteLength + body.sizeBytes);
	stream.set(head);
	expect(body.readInto(stream.subarray(head.byteLength), 0)).toBe(body.sizeBytes);
	return {
		layout: readNow(readStreamLayout(stream.byteLength), bytesSource(stream)),
		bytes: stream.slice(head.byteLength),
	};
}

describe("a database", () => {
	test("is what SQLite makes of it and its WAL: commits count, the rest does not", () => {
		const source = databaseSource(database);
		const { layout, bytes } = taken(source);
		expect(layout).toEqual({
			kind: "full",
			format: "generations",
			database: { offset: source.head.byteLength, length: bytes.byteLength },
			wals: [],
		});
		expect(Buffer.compare(bytes, checkpoint(base, [wal]))).toBe(0);
		expect(source.notices).toEqual([]);
		source.confirm();
		source.close();
	});

	test.each<[string, () => void]>([
		["the database is longer", () => truncateSync(database, base.byteLength + 4096)],
		["the database has another time", () => utimesSync(database, 1, 1)],
		[
			"the database is another file",
			() => {
				writeFileSync(`${database}.new`, base);
				renameSync(`${database}.new`, database);
			},
		],
		["the WAL is gone", () => rmSync(`${database}-wal`)],
		["the WAL is longer", () => truncateSync(`${database}-wal`, wal.byteLength + 1)],
		["a journal has come", () => writeFileSync(`${database}-journal`, "")],
	])("is not confirmed when meanwhile %s", (_, change) => {
		const source = databaseSource(database);
		change();
		expect(() => source.confirm()).toThrow(/db\.sqlite\S* changed while it was read\. Close what writes it/);
		source.close();
	});

	test("with a WAL of other pages is refused", () => {
		const live = new LiveDatabase({ pageSize: 512 });
		live.run("create table other(a)");
		writeFileSync(`${database}-wal`, live.wal());
		live.close();
		expect(() => databaseSource(database)).toThrow("the WAL's pages have 512 bytes, those of its database 4096");
	});

	test("with a page that is in no file is refused", () => {
		truncateSync(database, 2 * 4096);
		expect(() => databaseSource(database)).toThrow(/page 3 \(byte 8192\) is neither in .*db\.sqlite nor in a WAL/);
	});
});

test("a WAL goes byte for byte, also through a link", () => {
	const link = join(directory, "link");
	symlinkSync(`${database}-wal`, link);
	const source = walSource(link);
	const { layout, bytes } = taken(source);
	expect(layout).toEqual({ kind: "incremental", wal: { offset: source.head.byteLength, length: wal.byteLength } });
	expect(Buffer.compare(bytes, wal)).toBe(0);
	source.confirm();
	writeFileSync(`${database}-wal`, wal.subarray(0, 32));
	expect(() => source.confirm()).toThrow("changed while it was read");
	source.close();
});
