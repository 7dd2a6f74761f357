import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import * as vscode from "vscode";
import { REPORT_PREFIX } from "../support/vscode/reportPrefix";

/** Runs every test that the build put beside this file. Called by VS Code in its extension host. */
export async function run(): Promise<void> {
	const mode = process.env["SNAPSHOT_STORE_TEST_MODE"];
	const trusted = vscode.workspace.isTrusted ? "trusted" : "restricted";
	if (trusted !== mode) throw new Error(`the window is ${trusted}, the suite expected ${mode}`);
	const names = (await readdir(__dirname)).filter((name) => name.endsWith(".test.cjs")).sort();
	if (names.length === 0) throw new Error(`no host tests in ${__dirname}`);

	const mocha = new Mocha({
		ui: "bdd",
		reporter: "spec",
		color: false,
		timeout: 120_000,
		forbidOnly: Boolean(process.env["CI"]),
	});
	Mocha.reporters.Base.consoleLog = (...values: unknown[]) => console.log(REPORT_PREFIX + format(...values));
	for (const name of names) mocha.addFile(join(__dirname, name));
	const failures = await new Promise<number>((resolve) => mocha.run(resolve));
	if (failures > 0) throw new Error(`${failures} host tests failed`);
}
