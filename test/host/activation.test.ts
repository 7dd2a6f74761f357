import { deepStrictEqual, strictEqual } from "node:assert";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/extension/ids";
import { extension } from "./window";

describe("activation", () => {
	it("comes when something of ours is used, and makes every command", async () => {
		strictEqual(extension().isActive, false);
		await vscode.commands.executeCommand(COMMANDS.refresh);
		strictEqual(extension().isActive, true);

		const commands = new Set(await vscode.commands.getCommands());
		deepStrictEqual(
			Object.values(COMMANDS).filter((command) => !commands.has(command)),
			[],
		);
	});
});
