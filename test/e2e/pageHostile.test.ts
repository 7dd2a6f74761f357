import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BROKEN_SCHEMA, MANY_COLUMNS, MANY_TABLES, MARKUP, MARKUP_TABLES } from "../support/sqlite/hostileSchemas";
import { buildStore } from "../support/stores/storeBuilder";
import { usePages } from "./usePages";

const PAGE_SIZE = 4096;

const directory = mkdtempSync(join(tmpdir(), "hostile-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** A store of one snapshot, and the pages of it. */
function pagesOf(name: string, script: string) {
	const store = join(directory, name);
	buildStore(store, (builder) => {
		builder.database.run(script);
		builder.full();
	});
	return { ...usePages(store), directory: store };
}

describe("names, values and views", () => {
	const { open } = pagesOf("markup", MARKUP_TABLES);

	test("markup is text wherever it stands, and nothing of it runs", async () => {
		const { page, snapshot } = await open();
		await snapshot.choose(MARKUP);
		await snapshot.grid.getByText(MARKUP).first().waitFor();
		const texts = (await snapshot.rows()).map((row) => row.join());
		expect(texts[0]).toContain(MARKUP);
		await snapshot.grid.getByRole("gridcell").first().press("Enter");
		await snapshot.query(`select '${MARKUP}' as "${MARKUP.replaceAll('"', '""')}"`);
		expect((await snapshot.rows())[0]).toEqual([MARKUP]);
		await snapshot.query(`select * from "${MARKUP.replaceAll('"', '""')} is not there"`);
		await snapshot.alert.getByText(MARKUP).first().waitFor();
		expect(await page.evaluate(() => "ran" in window)).toBe(false);
	});

	test("a query that never ends is cancelled, and the next one answered", async () => {
		const { snapshot } = await open();
		await snapshot.field.fill("select count(*) from endless");
		await snapshot.field.press("Control+Enter");
		await snapshot.cancel.click();
		await snapshot.settled();
		await snapshot.query("select i from endless limit 2");
		expect(await snapshot.rows()).toEqual([["1"], ["2"]]);
	});
});

describe("2,000 columns", () => {
	const { open } = pagesOf("wide", MANY_COLUMNS);

	test("are drawn where one looks, and each can be asked for", async () => {
		const { snapshot } = await open();
		await snapshot.choose("wide");
		await snapshot.grid.getByRole("gridcell", { name: "0", exact: true }).waitFor();
		await snapshot.query("select c1999 from wide");
		expect(await snapshot.rows()).toEqual([["1999"]]);
	});
});

describe("10,000 tables", () => {
	const { open } = pagesOf("many", MANY_TABLES);

	test("are listed, and the page answers meanwhile", async () => {
		const { snapshot } = await open();
		await snapshot.query("select count(*) from sqlite_schema");
		expect(await snapshot.rows()).toEqual([["10001"]]);
		await snapshot.choose("t0");
		expect(await snapshot.rows()).toEqual([["1"]]);
	});
});

describe("a schema that SQLite cannot read", () => {
	const { open } = pagesOf("broken", BROKEN_SCHEMA);

	test("is told of with the object that it fails at", async () => {
		const { snapshot } = await open();
		await snapshot.notices.getByText(/could not be opened: malformed database schema \(broken\)/).waitFor();
		expect(await snapshot.summary.textContent()).toMatch(/· 1 file\s*$/);
	});
});

describe("a page that is damaged in a base without a checksum", () => {
	const { open, directory } = pagesOf(
		"malformed",
		`create table t(a); insert into t values(1); create table u(b);
		with recursive n(i) as (select 1 union all select i + 1 from n limit 900) insert into u select printf('%200d', i) from n;`,
	);
	const base = join(directory, "generations/0000000001/base.sqlite");
	const file = readFileSync(base);
	writeFileSync(base, file.fill(0, PAGE_SIZE * 5, PAGE_SIZE * 9));

	test("fails alone, where it is read", async () => {
		const { snapshot } = await open();
		await snapshot.query("select sum(length(b)) from u");
		await snapshot.alert
			.getByText(/malformed/)
			.first()
			.waitFor();
		await snapshot.query("select a from t");
		expect(await snapshot.rows()).toEqual([["1"]]);
	});
});
