import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseSidecar } from "../../../../../src/core/snapshot/rqliteV10/sidecarFile";
import { crc32c, sidecarText } from "../../../../support/stores/crc32c";
import { flipBit } from "../../../../support/stores/damage";
import { temporaryDirectory } from "../../../../support/stores/temporaryDirectory";
import { A, B, C, D, sound, story } from "./story";

const parse = (text: string) => parseSidecar(new TextEncoder().encode(text));

describe("the text of a checksum file", () => {
	test.each([
		['{"crc":"1a2b3c4d","type":"castagnoli"}', { disabled: false, crc32c: 0x1a2b3c4d }],
		['{"crc":"FFFFFFFF","type":"castagnoli","disabled":false}\n', { disabled: false, crc32c: 0xffffffff }],
		['{"type":"castagnoli","crc":"00000000","more":[1]}', { disabled: false, crc32c: 0 }],
		['{"disabled":true}', { disabled: true }],
		['{"crc":"","type":"sha256","disabled":true}', { disabled: true }],
	])("%s", (text, said) => {
		expect(parse(text)).toEqual(said);
	});

	test.each([
		['{"crc":"1a2b3c4d","type":"ieee"}', "its type is ieee, not castagnoli"],
		['{"crc":"1a2b3c4d","type":"a\\u2028b"}', "its type is a\\u{2028}b, not castagnoli"],
		['{"crc":"1a2b3c4d"}', "type is no text"],
		['{"crc":"1a2b3c4","type":"castagnoli"}', "crc is no text of eight hexadecimal digits"],
		['{"crc":"0x1a2b3c","type":"castagnoli"}', "crc is no text of eight hexadecimal digits"],
		['{"crc":439041101,"type":"castagnoli"}', "crc is no text of eight hexadecimal digits"],
		['{"crc":"1a2b3c4d","type":"castagnoli","disabled":"true"}', "disabled is no truth value"],
		['["1a2b3c4d"]', "it is no JSON object"],
	])("%s is none", (text, why) => {
		expect(() => parse(text)).toThrow(new SyntaxError(why));
	});
});

describe("the checksum file of a data file", () => {
	/** The sound store with another checksum file beside B's WAL. */
	function beside(text: string | undefined) {
		const store = story();
		const sidecar = `${store.wals(B)[0]}.crc32`;
		store.remove(sidecar);
		if (text !== undefined) store.write(sidecar, text);
		return { ...store, sidecar };
	}

	test("gives the CRC-32C of base and WALs", async () => {
		const store = story();
		const { base, snapshots } = (await store.read()).generations[0]!;
		for (const { path, sidecar } of [base!, ...snapshots.flatMap(({ wals }) => wals)]) {
			expect(sidecar).toEqual({ path: `${path}.crc32`, crc32c: crc32c(readFileSync(store.at(path))) });
		}
	});

	test("may be missing: an error, but the bytes can be read", async () => {
		const store = beside(undefined);
		expect(await store.look()).toEqual(sound({ [B]: [`! error sidecar-missing ${store.sidecar}`] }));
	});

	test("of the database as well", async () => {
		const store = story();
		store.remove(`${A}/data.db.crc32`);
		expect(await store.look()).toEqual(sound({ [A]: [`! error sidecar-missing ${A}/data.db.crc32`] }));
	});

	test.each([
		["of zero bytes", ""],
		["of another type", '{"crc":"1a2b3c4d","type":"ieee"}'],
		["cut short", '{"crc":"1a2b'],
		["too large", " ".repeat(5000)],
	])("may be unreadable, %s", async (_, text) => {
		const store = beside(text);
		expect(await store.look()).toEqual(sound({ [B]: [`! error sidecar-unreadable ${store.sidecar}`] }));
	});

	test("may be no file", async () => {
		const store = beside(undefined);
		mkdirSync(store.at(store.sidecar));
		const [link] = store.wals(D).map((path) => `${path}.crc32`);
		store.remove(link!);
		symlinkSync(temporaryDirectory(), store.at(link!));
		expect(await store.look()).toEqual(
			sound({ [B]: [`! error not-a-file ${store.sidecar}`], [D]: [`! error link-outside ${link}`] }),
		);
	});

	test("may say that its file is not to be checked", async () => {
		const store = beside('{"disabled":true}');
		flipBit(store.at(`${A}/data.db`), 100);
		expect(await store.look()).toContain(`    ! info sidecar-disabled ${store.sidecar}`);
	});

	test("may hold the sum of IEEE, which an upgrade wrote by mistake: the file can be read", async () => {
		const store = story();
		const [wal] = store.wals(B);
		const ieee = crc32(readFileSync(store.at(wal!)));
		store.write(`${wal}.crc32`, sidecarText(ieee));
		expect(await store.look()).toEqual(sound());
		expect((await store.read()).generations[0]?.snapshots[1]?.wals[0]?.sidecar?.crc32c).toBe(ieee);
	});

	test("may be that of another file", async () => {
		const store = story();
		const [first, second] = store.wals(C);
		store.write(`${first}.crc32`, store.text(`${second}.crc32`));
		expect((await store.look()).slice(2, 5)).toEqual([
			`  ${B} incremental: exact`,
			`  ${C} incremental: refused by sidecar-mismatch`,
			`  ${D} incremental: refused by sidecar-mismatch`,
		]);
	});
});
