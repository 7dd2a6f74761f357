import { expect, test } from "vitest";
import { WorkerScope } from "./workerScope";

// In a file of its own: sql.js starts once in a thread, and does not start again after this.
test("an engine that cannot start tells the page when it is asked to open, which would wait for ever", async () => {
	const scope = WorkerScope.install();
	await import("../../../src/engine/webWorker");

	scope.send({ wasm: new Uint8Array(8) });
	const chain = { snapshot: "2-7-1", base: { path: "base.sqlite", bytes: new Uint8Array(0) }, wals: [], pending: 0 };
	scope.send({ t: "q", i: "first", m: "open", a: [chain, { allowDamaged: false }] });
	await scope.answered(1);

	expect(scope.posted).toMatchObject([{ t: "s", i: "first", e: { name: "CompileError" } }]);
});
