import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findSnapshot, readStore } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import { openImage } from "../../../src/core/snapshot/openImage";
import { quoteIdentifier } from "../../../src/core/sqlite/quoteIdentifier";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { isInvalidText, type SqlValue } from "../../../src/protocol/values";
import { projectRoot } from "../../support/projectRoot";
import { openDatabase, rowsOf } from "./openDatabase";

const fixtures = join(projectRoot, "../shared/fixtures");

interface Expected {
	readonly layout: string;
	readonly snapshots?: readonly {
		readonly id: string;
		readonly directoryPresent?: boolean;
		readonly chainIntact?: boolean;
		readonly tables?: readonly { readonly name: string; readonly sha256: string }[];
	}[];
	readonly defects?: readonly { readonly affects?: readonly string[] }[];
}

const suffix = ".expected.json";
const stores = (existsSync(fixtures) ? readdirSync(fixtures) : [])
	.filter((name) => name.endsWith(suffix))
	.map((name) => ({
		name: name.slice(0, -suffix.length),
		expected: JSON.parse(readFileSync(join(fixtures, name), "utf8")) as Expected,
	}))
	.filter(({ expected }) => expected.layout === "generations");

describe.skipIf(stores.length === 0)("every row of every table with a b-tree (virtual tables have none)", () => {
	for (const { name, expected } of stores) {
		const damaged = new Set(expected.defects?.flatMap(({ affects = [] }) => affects));
		const sound = (expected.snapshots ?? []).filter(
			(snapshot) =>
				snapshot.tables &&
				snapshot.directoryPresent !== false &&
				snapshot.chainIntact !== false &&
				!damaged.has(snapshot.id),
		);
		test.skipIf(sound.length === 0)(`${name}: ${sound.length} snapshots`, async () => {
			const directory = join(fixtures, name);
			const store = await readStore(nodeFiles(directory));
			for (const { id, tables = [] } of sound) {
				const files = await openChain(directory, chainOf(store, findSnapshot(store, id)!));
				onTestFinished(files.close);
				const { image, report } = openImage(files, id);
				expect(report.findings).toEqual([]);
				const database = await openDatabase(image!);

				const withoutRowid = rowsOf(database, "SELECT name FROM pragma_table_list WHERE wr").flat();

				const found = tables.map(({ name }) => {
					const hash = createHash("sha256");
					const order = withoutRowid.includes(name) ? "" : " ORDER BY rowid";
					const cursor = database.query(`SELECT * FROM ${quoteIdentifier(name)}${order}`);
					for (let row = cursor.next(); row; row = cursor.next()) hash.update(`${row.map(ascii).join(",")}\n`);
					return { name, sha256: hash.digest("hex") };
				});

				expect({ id, tables: found }).toEqual({ id, tables: tables.map(({ name, sha256 }) => ({ name, sha256 })) });
			}
		});
	}
});

/** A value in the form that the hashes of the fixtures are over. */
function ascii(value: SqlValue): string {
	if (value === null) return "N";
	if (typeof value === "bigint") return `I${value}`;
	if (typeof value === "string") return `T${Buffer.from(value).toString("hex")}`;
	if (typeof value !== "number")
		return isInvalidText(value)
			? `T${Buffer.from(value.invalidText).toString("hex")}`
			: `B${Buffer.from(value).toString("hex")}`;
	const double = Buffer.alloc(8);
	double.writeDoubleBE(value);
	return `R${double.toString("hex")}`;
}
