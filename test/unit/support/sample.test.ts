import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeSample } from "../../support/sample";
import { checkpoint, integrityCheck, queryAll } from "../../support/sqlite/oracle";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

const write = async () => {
	const directory = join(temporaryDirectory(), "sample");
	const snapshots = await writeSample(directory);
	const store = join(directory, "node1", "snapshots");
	const read = (file: string) => readFileSync(join(store, file));
	/** What SQLite makes of each snapshot's chain, as it lies on disk; in the order of the snapshots. */
	const images = snapshots.map((snapshot, last) => {
		const chain = snapshots.slice(0, last + 1).filter(({ generation }) => generation === snapshot.generation);
		const [base = "", ...wals] = chain.map(({ file }) => file);
		return checkpoint(read(base), wals.map(read));
	});
	return { directory, snapshots, images };
};

const contents = (directory: string) =>
	picture(directory).map((line) =>
		line
			.split(" ")
			.filter((_, field) => field !== 3)
			.join(" "),
	);

describe("the sample", () => {
	test("is the same in every run, and small", async () => {
		const [first, second] = [await write(), await write()];

		expect(contents(second.directory)).toEqual(contents(first.directory));
		const files = readdirSync(first.directory, { recursive: true, encoding: "utf8" });
		const sizes = files.map((file) => statSync(join(first.directory, file)).size);
		expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_000_000);
	});

	test("restores to a sound database at every snapshot", async () => {
		const { snapshots, images } = await write();

		expect(snapshots.map(({ generation }) => Number(generation))).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]);
		images.forEach((image, position) => {
			expect(Buffer.compare(image, snapshots[position]!.image)).toBe(0);
			expect(integrityCheck(image)).toEqual(["ok"]);
			expect(queryAll(image, "select * from pragma_foreign_key_check")).toEqual([]);
		});
	});

	test("tells a story", async () => {
		const { images } = await write();
		const each = (select: string) => images.map((image) => queryAll(image, select)[0]?.[0]);
		const table = (name: string) => each(`select count(*) from sqlite_schema where name = '${name}'`).map(Number);

		expect(each("select count(*) from orders").map(Number)).toEqual([0, 30, 50, 48, 48, 73, 73, 73, 93, 93, 108, 108]);
		expect(table("price_import")).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
		expect(table("reviews")).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
		expect(images.map((image) => image.byteLength / 4096)).toEqual([13, 13, 13, 21, 23, 25, 25, 17, 18, 18, 19, 20]);
		expect(each("select min(tracking_number) from orders").at(-1)).toBe(9_107_199_254_740_993n);
	});

	test("never tells of what happens later", async () => {
		const { snapshots, images } = await write();
		const times = "select joined_at as at from customers union all select changed_at from orders";

		images.forEach((image, position) => {
			const latest = queryAll(image, `select max(at) from (${times})`)[0]?.[0];
			expect(Date.parse(String(latest))).toBeLessThan(Number(snapshots[position]!.id.split("-")[2]));
		});
	});

	test("answers the queries that its README asks", async () => {
		const { directory, images } = await write();
		const readme = readFileSync(join(directory, "README.md"), "utf8");
		const queries = readme.match(/^select .*(?=;$)/gm) ?? [];

		expect(queries).toHaveLength(5);
		for (const query of queries) expect(queryAll(images.at(-1)!, query)).not.toEqual([]);
	});

	test("takes the place of an earlier one and of nothing else", async () => {
		const { directory } = await write();
		const before = contents(directory);
		await writeSample(directory);

		expect(contents(directory)).toEqual(before);
		const parent = join(directory, "node1");
		await expect(writeSample(parent)).rejects.toThrow("is not empty and holds no sample");
	});
});
