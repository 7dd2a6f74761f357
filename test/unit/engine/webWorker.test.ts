import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../support/projectRoot";
import { WorkerScope } from "./workerScope";

test("calls that come while SQLite starts are answered", async () => {
	const scope = WorkerScope.install();
	await import("../../../src/engine/webWorker");

	scope.send({ wasm: readFileSync(join(projectRoot, "node_modules/sql.js/dist/sql-wasm.wasm")) });
	scope.send({ t: "q", i: "first", m: "schema", a: [] });
	scope.send({ t: "q", i: "second", m: "closeCursor", a: [1] });
	await scope.answered(2);

	expect(scope.posted).toMatchObject([
		{ t: "s", i: "first", e: { message: "No snapshot is open." } },
		{ t: "s", i: "second" },
	]);
});
