import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { projectRoot } from "../../support/projectRoot";
import type { BenchStore } from "../comparison";
import { type Limit, repeated } from "../limit";
import { secondsText } from "../plot";

/** SQLite comes to no row of it. */
const ENDLESS = "with recursive n(i) as (values (1) union all select i + 1 from n) select count(*) from n";

/** From Ctrl+C in the middle of a statement to the end of the command, which says what that means and leaves nothing. */
export function cancelledExport({ directory }: BenchStore): Limit {
	return {
		name: "`snapstore export --sql`, from Ctrl+C in the middle of a statement to its end",
		goal: 0.2,
		text: secondsText,
		measure: (rounds) => repeated(rounds, () => cancelOne(directory)),
	};
}

async function cancelOne(store: string): Promise<number> {
	const scratch = mkdtempSync(join(tmpdir(), "bench-"));
	try {
		const args = ["export", store, "latest", "--sql", ENDLESS, "--output", "rows.csv"];
		const child = spawn(process.execPath, [join(projectRoot, "dist/cli.js"), ...args], {
			cwd: scratch,
			stdio: ["ignore", "ignore", "pipe"],
		});
		let said = "";
		child.stderr.setEncoding("utf8").on("data", (text: string) => {
			said += text;
		});
		const closed = once(child, "close");
		// Its file is made right before the statement is run.
		while (readdirSync(scratch).length === 0 && child.exitCode === null) await after(10);
		await after(200);
		const begun = performance.now();
		child.kill("SIGINT");
		await closed;
		const seconds = (performance.now() - begun) / 1000;
		if (!said.includes("Cancelled") || existsSync(join(scratch, "rows.csv"))) throw new Error(`not cancelled: ${said}`);
		return seconds;
	} finally {
		rmSync(scratch, { recursive: true });
	}
}
