import { describe, expect, onTestFinished, test } from "vitest";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";
import { checkpoint } from "../../support/sqlite/oracle";
import { sealWal } from "../../support/sqlite/sealWal";
import { utf16Chain } from "../../support/sqlite/utf16Chain";

describe("a sealed log", () => {
	const live = () => {
		const database = new LiveDatabase();
		onTestFinished(() => database.close());
		database.run("create table t(a)");
		const base = database.file();
		database.run("insert into t values(1); insert into t values(2)");
		return { base, wal: database.cutWal(), image: database.file() };
	};

	test("is what SQLite wrote when nothing else is asked", () => {
		const { wal } = live();
		expect(Buffer.compare(sealWal(wal), wal)).toBe(0);
	});

	test("holds for SQLite with other salts, another sequence and the other order of words", () => {
		const { base, wal, image } = live();
		const sealed = sealWal(wal, { salts: [7, 0xfffffffe], checkpointSequence: 9, bigEndian: true });

		expect(Buffer.from(sealed.subarray(0, 24)).toString("hex")).toBe(
			"377f0683002de218000010000000000900000007fffffffe",
		);
		expect(Buffer.compare(checkpoint(base, [sealed]), image)).toBe(0);
	});

	test("makes an edit valid that broke it", () => {
		const { base, wal, image } = live();
		const edited = Uint8Array.from(wal);
		const textOfPage = wal.byteLength - 1;
		edited[textOfPage] = 3;

		expect(Buffer.compare(checkpoint(base, [edited]), image)).not.toBe(0);
		expect(checkpoint(base, [sealWal(edited)]).at(-1)).toBe(3);
	});
});

test.each(["UTF-16le", "UTF-16be"] as const)("a chain in %s has its text in that order of bytes", async (encoding) => {
	const { base, wals } = await utf16Chain(encoding, [
		"create table t(a)",
		"insert into t values('漢')",
		"drop table t",
	]);
	const [inserted, dropped] = wals.map((_, last) => Buffer.from(checkpoint(base, wals.slice(0, last + 1))));

	expect(inserted?.readUInt32BE(56)).toBe(encoding === "UTF-16le" ? 2 : 3);
	expect(inserted?.subarray(-2).toString("hex")).toBe(encoding === "UTF-16le" ? "226f" : "6f22");
	expect([inserted?.readUInt16BE(103), dropped?.readUInt16BE(103)]).toEqual([1, 0]);
});
