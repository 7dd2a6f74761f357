import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkpoint, queryAll } from "../../support/sqlite/oracle";
import { append, cut, flipBit, overwrite } from "../../support/stores/damage";
import { picture } from "../../support/stores/picture";
import { buildStore } from "../../support/stores/storeBuilder";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

test("a built store has the files, the names and the texts that rqlite writes", () => {
	const store = temporaryDirectory();
	const snapshots = buildStore(
		store,
		(builder) => {
			builder.database.run("create table t(a)");
			builder.full({ index: 5, milliseconds: 1795389501806 });
			builder.database.run("insert into t values(1)");
			builder.incremental({ index: 18446744073709551615n, milliseconds: 1795389501900 });
			builder.incremental({ term: 3, index: 12, milliseconds: 1795389502000 });
			builder.database.run("drop table t");
			builder.full({ milliseconds: 1795389503000 });
		},
		{
			servers: [
				{ id: "node1", address: "10.0.0.1:4002", suffrage: "voter" },
				{ id: "node3", address: "10.0.0.3:4002", suffrage: "nonvoter" },
			],
		},
	);

	expect(readdirSync(store, { recursive: true, encoding: "utf8" }).sort()).toEqual([
		"generations",
		"generations/0000000001",
		"generations/0000000001/2-18446744073709551615-1795389501900",
		"generations/0000000001/2-18446744073709551615-1795389501900/meta.json",
		"generations/0000000001/2-18446744073709551615-1795389501900/wal",
		"generations/0000000001/2-5-1795389501806",
		"generations/0000000001/2-5-1795389501806/meta.json",
		"generations/0000000001/3-12-1795389502000",
		"generations/0000000001/3-12-1795389502000/meta.json",
		"generations/0000000001/3-12-1795389502000/wal",
		"generations/0000000001/base.sqlite",
		"generations/0000000002",
		"generations/0000000002/3-15-1795389503000",
		"generations/0000000002/3-15-1795389503000/meta.json",
		"generations/0000000002/base.sqlite",
		"scratchpad",
	]);
	expect(readFileSync(join(store, snapshots[1]?.path ?? "", "meta.json"), "utf8")).toBe(
		'{"Version":1,"ID":"2-18446744073709551615-1795389501900","Index":18446744073709551615,"Term":2,"Peers":null,"Configuration":{"Servers":[{"Suffrage":0,"ID":"node1","Address":"10.0.0.1:4002"},{"Suffrage":1,"ID":"node3","Address":"10.0.0.3:4002"}]},"ConfigurationIndex":1,"Size":0,"Full":false}\n',
	);
	const [full, incremental, unchanged, last] = snapshots.map((snapshot) => ({
		...snapshot,
		bytes: readFileSync(join(store, snapshot.file)),
	}));
	expect(unchanged?.bytes.byteLength).toBe(0);
	expect(Buffer.compare(full!.image, full!.bytes)).toBe(0);
	expect(Buffer.compare(last!.image, last!.bytes)).toBe(0);
	expect(Buffer.compare(checkpoint(full!.bytes, [incremental!.bytes, unchanged!.bytes]), unchanged!.image)).toBe(0);
	expect(queryAll(incremental!.image, "select a from t")).toEqual([[1n]]);
});

test("a picture shows every touch", () => {
	const directory = temporaryDirectory();
	const file = join(directory, "a", "file");
	mkdirSync(join(directory, "a"));
	writeFileSync(file, "text");
	utimesSync(file, 1000, 1000);
	symlinkSync("a/file", join(directory, "link"));
	const before = picture(directory);

	expect(before.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
		"directory .",
		"directory a",
		"file a/file",
		"link link",
	]);
	expect(before[2]).toBe(
		"file a/file 4 1000000000000 982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1",
	);
	expect(picture(directory)).toEqual(before);
	utimesSync(file, 1000, 1000.001);
	expect(picture(directory)).not.toEqual(before);
});

describe("damage", () => {
	const edited = (edit: (file: string) => void): number[] => {
		const file = join(temporaryDirectory(), "file");
		writeFileSync(file, new Uint8Array([1, 2, 3, 4]));
		edit(file);
		return [...readFileSync(file)];
	};

	test("is exactly where it was asked for", () => {
		expect(edited((file) => flipBit(file, 2, 7))).toEqual([1, 2, 131, 4]);
		expect(edited((file) => overwrite(file, 1, new Uint8Array([9, 8])))).toEqual([1, 9, 8, 4]);
		expect(edited((file) => cut(file, 1))).toEqual([1]);
		expect(edited((file) => cut(file, -1))).toEqual([1, 2, 3]);
		expect(edited((file) => append(file, new Uint8Array([5])))).toEqual([1, 2, 3, 4, 5]);
	});

	test("refuses to miss", () => {
		expect(() => edited((file) => flipBit(file, 4))).toThrow(RangeError);
		expect(() => edited((file) => overwrite(file, 3, new Uint8Array(2)))).toThrow(RangeError);
		expect(() => edited((file) => cut(file, 4))).toThrow(RangeError);
		expect(() => edited((file) => cut(file, -5))).toThrow(RangeError);
	});
});
