import { onTestFinished } from "vitest";
import { LiveDatabase } from "./liveDatabase";

/** A database with a row in its file and another in its log, for as long as the test runs. */
export function databaseWithLog(): LiveDatabase {
	const live = new LiveDatabase();
	onTestFinished(() => live.close());
	live.run("create table t(a); insert into t values(1)");
	live.cutWal();
	live.run("insert into t values(2)");
	return live;
}
