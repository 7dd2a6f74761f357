import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { picture } from "../../support/stores/picture";
import { buildShop } from "./shopStore";
import { cliPath, ended, measure } from "./snapstore";

let store: string;
beforeAll(() => {
	store = realpathSync(mkdtempSync(join(tmpdir(), "process-")));
	buildShop(store);
	return () => rmSync(store, { recursive: true });
});

const counting = (rows: number) =>
	`with recursive n(i) as (values (1) union all select i + 1 from n where i < ${rows}) select i from n`;

function query(sql: string, ...options: string[]) {
	return spawn(process.execPath, [cliPath, "query", store, "latest", sql, ...options], {
		stdio: ["ignore", "pipe", "pipe"],
	});
}

test("ten million rows stream through memory that does not grow with them", async () => {
	const few = await measure("query", store, "latest", counting(2_000_000), "--json");
	const many = await measure("query", store, "latest", counting(10_000_000), "--json");

	expect({ few: few.status, many: many.status }).toEqual({ few: 0, many: 0 });
	expect(many.bytes).toBeGreaterThan(90_000_000);
	expect(many.memoryBytes).toBeLessThan(400 << 20);
	expect(many.memoryBytes).toBeLessThan(few.memoryBytes * 1.3);
}, 300_000);

test("a reader that has seen enough ends it without a word", async () => {
	const child = query(counting(100_000_000));
	child.stdout.once("data", () => child.stdout.destroy());
	expect(await ended(child)).toMatchObject({ status: 0, signal: null, stderr: "" });
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends a statement that never does", async (signal) => {
	// The first rows come out; then SQLite is busy with a row that never comes.
	const endless = `${counting(2_000_000)} union all select count(*) from (with recursive n(i) as (values (1) union all select i + 1 from n) select i from n)`;
	const before = picture(store);
	const child = query(endless, "--json");
	await once(child.stdout, "data");
	child.kill(signal);
	expect(await ended(child)).toMatchObject({ status: null, signal });
	expect(picture(store)).toEqual(before);
});
