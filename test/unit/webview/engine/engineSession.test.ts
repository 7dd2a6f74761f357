import { expect, test } from "vitest";
import { decodeRows } from "../../../../src/protocol/rows";
import type { EngineSession } from "../../../../src/webview/engine/engineSession";
import { openSession } from "../openSession";

async function firstRow(session: EngineSession, sql: string) {
	const { cursor } = await session.ask((engine) => engine.query(sql));
	return decodeRows((await session.ask((engine) => engine.fetchRows(cursor, 1))).rows)[0];
}

test("requests are answered once the chain is open", async () => {
	const { session } = openSession("create table t(a)", "insert into t values(1)");
	expect(await firstRow(session, "select count(*) from t")).toEqual([1n]);
	expect(await session.opened).toMatchObject({ state: "open" });
});

test("an interruption ends who waits, and the next request finds the chain open again", async () => {
	const { session, failures } = openSession("create table t(a)");
	await session.opened;
	const waiting = session.ask((engine) => engine.query("select 1"));
	session.interrupt();
	await expect(waiting).rejects.toThrow();
	expect(await firstRow(session, "select count(*) from t")).toEqual([0n]);
	expect(failures).toHaveLength(2);
});

test("an engine without work is not interrupted", async () => {
	const { session, failures } = openSession();
	await session.ask((engine) => engine.schema());
	session.interrupt();
	await session.ask((engine) => engine.schema());
	expect(failures).toHaveLength(1);
});

test("an engine that ends by itself is replaced", async () => {
	const { session, failures } = openSession();
	await session.opened;
	failures[0]!();
	expect(await firstRow(session, "select 7")).toEqual([7n]);
});

test("a closed session starts no engine", async () => {
	const { session, failures } = openSession();
	await session.opened;
	session.close();
	await expect(session.ask((engine) => engine.schema())).rejects.toThrow("closed");
	expect(failures).toHaveLength(1);
});
