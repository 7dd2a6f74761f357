import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { asking } from "../asking";
import type { BenchStore, Comparison } from "../comparison";
import type { Contender } from "../contender";
import { queryNewest } from "./openNewest";

const INDEX = "index";

/** The engine's part of opening: with what is known of the logs, and without. */
export function openEngineAgain({ directory }: BenchStore): Comparison {
	const first = asking("first", "snapshot", "open", directory);
	const again = asking("again", "snapshot", "open", directory, INDEX);
	return {
		title: "Opening again, the engine's part",
		about: "From the open files to a database that answers, without the start of the process and of SQLite.",
		goal: 4,
		contenders: [afterOnce(again), first],
	};
}

/** From the command to the first hundred rows, when what is known of the logs has been kept. */
export function openAgain({ directory }: BenchStore): Comparison {
	const first = queryNewest(directory);
	const again = { ...first, name: "snapstore query, again", environment: { SNAPSTORE_CACHE: INDEX } };
	return {
		title: "Opening again, start of the process included",
		about: "The same query as above, where nothing of the store has changed since it was opened before.",
		contenders: [afterOnce(again), { ...first, name: "snapstore query, first" }],
	};
}

function afterOnce(contender: Contender): Contender {
	const [program, ...args] = contender.command;
	return {
		...contender,
		prepare: (cwd) => {
			const env = { ...process.env, SNAPSTORE_CACHE: join(cwd, INDEX) };
			const { status, stderr } = spawnSync(program!, args, { cwd, env, encoding: "utf8" });
			if (status !== 0) throw new Error(stderr);
		},
	};
}
