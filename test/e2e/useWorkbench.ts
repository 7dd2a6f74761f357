import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { picture } from "../support/stores/picture";
import { type OpenOptions, openWorkbench, type Workbench } from "../support/window/workbench";

export interface Window {
	readonly workbench: Workbench;
	/** A directory that goes with the window. */
	readonly directory: string;
}

/**
 * One window for the tests of a file, opened before the first of them. Every test fails in which the console shows an
 * error, a policy is violated, or an error is caught by nobody.
 */
export function useWorkbench(prepare: (directory: string) => OpenOptions | Promise<OpenOptions>): Window {
	let workbench: Workbench | undefined;
	let directory: string;
	beforeAll(async () => {
		directory = realpathSync(mkdtempSync(join(tmpdir(), "e2e-")));
		workbench = await openWorkbench(await prepare(directory));
	});
	afterEach(async ({ task }) => {
		if (task.result?.state === "fail") await workbench?.screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
		expect(workbench?.takeProblems()).toEqual([]);
	});
	afterAll(async () => {
		await workbench?.close();
		rmSync(directory, { recursive: true, force: true });
	});
	return {
		get workbench() {
			if (workbench === undefined) throw new Error("the window is not open yet");
			return workbench;
		},
		get directory() {
			return directory;
		},
	};
}

/** The tests around it leave a directory as it was: contents, names and times. */
export function leavesUnchanged(directory: () => string): void {
	let asItWas: readonly string[];
	beforeAll(() => {
		asItWas = picture(directory());
	});
	afterAll(() => expect(picture(directory())).toEqual(asItWas));
}
