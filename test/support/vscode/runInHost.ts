import { format } from "node:util";
import type { Page } from "playwright-core";
import { projectRoot } from "../projectRoot";
import { isVscodeNoise } from "./noise";
import { REPORT_PREFIX } from "./reportPrefix";
import type { Server } from "./startServer";
import { workbenchUrl } from "./workbenchUrl";

/** A program that has not ended by then hangs. */
const LIMIT_MS = 15 * 60_000;

/**
 * Opens a folder in a window with the extension of the working tree, and has the extension host run a program that exports
 * `run(): Promise<void>`. Answers its exit code; `report` is given the lines that it logs behind `REPORT_PREFIX`.
 */
export async function runInHost(
	page: Page,
	server: Server,
	{ folder, program }: { readonly folder: string; readonly program: string },
	report: (line: string) => void,
): Promise<number> {
	const errors: string[] = [];
	await page.exposeFunction("codeAutomationLog", (type: string, values: readonly unknown[]) => {
		const line = format(...values);
		if (line.startsWith(REPORT_PREFIX)) report(line.slice(REPORT_PREFIX.length));
		else if (type === "error" && !isVscodeNoise(line)) errors.push(line);
	});
	const exit = new Promise<number>((resolve) => page.exposeFunction("codeAutomationExit", resolve));
	const end = new Promise<never>((_, reject) => {
		page.on("crash", () => reject(new Error("the window crashed")));
		server.ended.then((tail) => reject(new Error(`VS Code's server ended:\n${tail}`)));
		setTimeout(() => reject(new Error("the program did not end")), LIMIT_MS).unref();
	});
	await page.goto(workbenchUrl(server, { folder, developmentExtension: projectRoot, tests: program }));
	const code = await Promise.race([exit, end]);
	if (code !== 0) console.error(["\nErrors logged in the window:", ...errors].join("\n"));
	return code;
}
