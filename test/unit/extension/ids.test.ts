import { expect, test } from "vitest";
import manifest from "../../../package.json";
import nls from "../../../package.nls.json";
import {
	COMMANDS,
	CONTEXT_VALUES,
	OPEN_SELECTED,
	REPORT_PANEL,
	SAMPLE_CONTEXT,
	SETTINGS,
	SNAPSHOT_PANEL,
	SNAPSHOT_SCHEME,
	STORES_VIEW,
	VIEW_CONTAINER,
} from "../../../src/extension/ids";

const { contributes } = manifest;
const everyWhen = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(({ when }) => when);

test("the manifest declares the commands, views and settings that the code knows, and no others", () => {
	expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(COMMANDS).sort());
	expect(Object.keys(contributes.configuration.properties).sort()).toEqual(Object.values(SETTINGS).sort());
	expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([VIEW_CONTAINER]);
	expect(Object.keys(contributes.views)).toEqual([VIEW_CONTAINER]);
	expect(contributes.views[VIEW_CONTAINER].map(({ id }) => id)).toEqual([STORES_VIEW]);
	expect(manifest.activationEvents).toEqual([
		`onWebviewPanel:${SNAPSHOT_PANEL}`,
		`onWebviewPanel:${REPORT_PANEL}`,
		`onFileSystem:${SNAPSHOT_SCHEME}`,
	]);
});

test("menus name commands, views, context values and keys that there are", () => {
	const commands: readonly string[] = Object.values(COMMANDS);
	for (const { command } of Object.values(contributes.menus).flat()) expect(commands).toContain(command);
	for (const when of everyWhen) {
		for (const [, view] of when.matchAll(/view == (\S+)/g)) expect(view).toBe(STORES_VIEW);
		for (const [key] of when.matchAll(/snapshotStore\.sample\w*/g)) expect(key).toBe(SAMPLE_CONTEXT);
		for (const [, value] of when.matchAll(/viewItem == (\S+)/g)) expect(Object.values(CONTEXT_VALUES)).toContain(value);
		for (const [, pattern] of when.matchAll(/viewItem =~ \/(.*?)\//g)) {
			expect(Object.values(CONTEXT_VALUES).some((value) => new RegExp(pattern ?? "").test(value))).toBe(true);
		}
	}
});

test("every text of the manifest is in package.nls.json, and nothing else is", () => {
	const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key));
	expect([...used].sort()).toEqual(Object.keys(nls).sort());
});

/** Commands that texts have buttons and links for. */
function linked(...texts: readonly string[]): readonly string[] {
	return texts.flatMap((text) => [...text.matchAll(/\(command:([^)?]+)/g)].map(([, command]) => command ?? ""));
}

const OF_VSCODE = ["vscode.openFolder", "workbench.action.openWalkthrough", `${STORES_VIEW}.focus`];

test("the welcome view's buttons are commands, and one leads to the walkthrough", () => {
	for (const text of [nls["welcome.noFolder"], nls["welcome.noStore"]]) {
		expect(linked(text)).toEqual(["vscode.openFolder", COMMANDS.openSample, "workbench.action.openWalkthrough"]);
		const [, walkthrough] = /openWalkthrough\?([^)]+)\)/.exec(text) ?? [];
		expect(JSON.parse(decodeURIComponent(walkthrough ?? ""))).toBe(
			`${manifest.publisher}.${manifest.name}#${contributes.walkthroughs[0]?.id}`,
		);
	}
});

test("the walkthrough's buttons and what completes its steps are there", () => {
	const there: readonly string[] = [...Object.values(COMMANDS), ...OF_VSCODE];
	const texts = Object.entries(nls).flatMap(([key, text]) => (key.startsWith("walkthrough.") ? [text] : []));
	for (const command of linked(...texts)) expect(there).toContain(command);
	const known = [
		"onContext:workspaceFolderCount != 0",
		`onView:${STORES_VIEW}`,
		...[...Object.values(COMMANDS), OPEN_SELECTED].map((command) => `onCommand:${command}`),
	];
	for (const { steps } of contributes.walkthroughs) {
		for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) expect(known).toContain(event);
	}
});

/** What the Explorer's menu entry asks of a path, read as VS Code reads it. */
function inExplorer(path: string, isFolder: boolean): boolean {
	return contributes.menus["explorer/context"].some(({ when }) => {
		const [, not, pattern] = /^(!?)explorerResourceIsFolder && resourcePath =~ \/(.*)\/$/.exec(when) ?? [];
		return (not === "") === isFolder && new RegExp(pattern ?? "").test(path);
	});
}

test("the Explorer offers to open what stands for a snapshot, and nothing else", () => {
	const generation = "/data/generations/0000000001";
	expect(inExplorer(`${generation}/2-7-1795387547713`, true)).toBe(true);
	expect(inExplorer(`${generation}/2-7-1795387547713/meta.json`, false)).toBe(true);
	expect(inExplorer(`${generation}/2-7-1795387547713/wal`, false)).toBe(true);
	expect(inExplorer(`${generation}/base.sqlite`, false)).toBe(true);
	expect(inExplorer("C:\\data\\generations\\0000000001\\2-7-1795387547713\\wal", false)).toBe(true);

	expect(inExplorer("/data/db.sqlite", false)).toBe(true);
	expect(inExplorer("/data/snapshots/2-7-1", true)).toBe(true);
	expect(inExplorer("/data/snapshots/2-7-1/state.bin", false)).toBe(true);
	expect(inExplorer("/data/rsnapshots/2-7-1.db", false)).toBe(true);
	expect(inExplorer("/data/wsnapshots/2-7-1/data.db", false)).toBe(true);
	expect(inExplorer("/data/wsnapshots/2-7-1/000001795389523000140355-000001.wal", false)).toBe(true);

	expect(inExplorer("/data/notes/2026-11-23", true)).toBe(false);
	expect(inExplorer("/data/wsnapshots/2-7-1/data.db.crc32", false)).toBe(false);
	expect(inExplorer(generation, true)).toBe(false);
	expect(inExplorer(`${generation}/2-7-1795387547713`, false)).toBe(false);
	expect(inExplorer(`${generation}/base.sqlite-wal`, false)).toBe(false);
	expect(inExplorer(`${generation}/2-7-1.tmp/wal`, false)).toBe(false);
	expect(inExplorer("/data/db.sqlite-wal", false)).toBe(false);
	expect(inExplorer("/data/other-db.sqlite", false)).toBe(false);
});

test("commands that write stand only in trusted workspaces, and never on the sample's store", () => {
	const writing: readonly string[] = [
		COMMANDS.restoreSnapshot,
		COMMANDS.exportRows,
		COMMANDS.exportTables,
		COMMANDS.createSnapshot,
		COMMANDS.reapSnapshots,
		COMMANDS.recoverStore,
	];
	for (const command of contributes.commands) {
		const enablement = "enablement" in command ? command.enablement : undefined;
		expect(enablement).toBe(writing.includes(command.command) ? "isWorkspaceTrusted" : undefined);
	}
	const items = Object.values(contributes.menus)
		.flat()
		.filter(({ command }) => writing.includes(command));
	for (const { when } of items) expect(when.split(" && ")).toContain("isWorkspaceTrusted");
	const inPalette = contributes.menus.commandPalette.map(({ command }) => command);
	for (const command of writing) expect(inPalette).toContain(command);
	// To restore and to export reads the store, and writes elsewhere.
	const elsewhere: readonly string[] = [COMMANDS.restoreSnapshot, COMMANDS.exportRows, COMMANDS.exportTables];
	for (const { command, when } of contributes.menus["view/item/context"]) {
		if (writing.includes(command) && !elsewhere.includes(command)) expect(when).toContain("viewItem == store &&");
	}
});
