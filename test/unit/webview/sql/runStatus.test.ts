import { expect, test } from "vitest";
import type { RunState } from "../../../../src/webview/sql/queryRun";
import { ResultBuffer } from "../../../../src/webview/sql/resultBuffer";
import { runStatus } from "../../../../src/webview/sql/runStatus";

function status(state: RunState, rowCount: number, columns: readonly string[] = ["a"]): string {
	const rows = new ResultBuffer();
	rows.add({ rows: new Uint8Array(4), rowCount, done: false });
	return runStatus({ state, columns, rows, elapsedMs: 1234 });
}

test("what is said of a run", () => {
	expect(status("running", 0)).toBe("Running…");
	expect(status("more", 1000)).toBe("1,000 rows so far · 1.2 s");
	expect(status("fetching", 1000)).toBe("1,000 rows so far · 1.2 s");
	expect(status("done", 12345)).toBe("12,345 rows · 1.2 s");
	expect(status("done", 1)).toBe("1 row · 1.2 s");
	expect(status("done", 0)).toBe("0 rows · 1.2 s");
	expect(status("done", 0, [])).toBe("Done, no rows returned · 1.2 s");
	expect(status("full", 100_000)).toBe("Showing the first 100,000 rows; narrow the query · 1.2 s");
	expect(status("failed", 0)).toBe("Failed · 1.2 s");
	expect(status("cancelled", 500)).toBe("Cancelled · 1.2 s");
});
