import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Files } from "../../src/core/files";
import { readStore } from "../../src/core/snapshot/catalog";
import { workspaceFiles } from "../../src/extension/workspaceFiles";
import { nodeFiles } from "../../src/node/nodeFiles";
import { sampleStore } from "./window";

describe("files through VS Code's file system", () => {
	let directory = "";
	let files: Files;

	beforeEach(() => {
		directory = mkdtempSync(join(tmpdir(), "snapshot-store-files-"));
		files = workspaceFiles(vscode.Uri.file(directory));
	});
	afterEach(() => rmSync(directory, { recursive: true }));

	it("give the same store as files through Node do", async () => {
		// One of the two rounds times to milliseconds.
		const comparable = (key: string, value: unknown): unknown => {
			if (typeof value === "bigint") return String(value);
			return key === "modifiedAt" ? undefined : value;
		};
		const [ours, nodes] = await Promise.all(
			[workspaceFiles(vscode.Uri.file(sampleStore())), nodeFiles(sampleStore())].map((port) => readStore(port)),
		);
		strictEqual(JSON.stringify(ours, comparable), JSON.stringify(nodes, comparable));
	});

	it("are listed, told of and read in pieces", async () => {
		mkdirSync(join(directory, "a"));
		writeFileSync(join(directory, "a", "wal"), "0123456789");
		deepStrictEqual(await files.list("a"), [{ name: "wal", kind: "file", link: false }]);
		strictEqual((await files.stat("a"))?.kind, "directory");
		strictEqual((await files.stat("a/wal"))?.sizeBytes, 10);
		strictEqual(new TextDecoder().decode(await files.read("a/wal", 3, 4)), "3456");
		strictEqual(new TextDecoder().decode(await files.read("a/wal", 8, 4)), "89");
		writeFileSync(join(directory, "a", "wal"), "abcdefghijk");
		strictEqual(new TextDecoder().decode(await files.read("a/wal", 3, 4)), "defg");
	});

	it("do not follow a link", async () => {
		writeFileSync(join(directory, "target"), "secret");
		symlinkSync(join(directory, "target"), join(directory, "link"));
		deepStrictEqual((await files.list("")).find(({ name }) => name === "link")?.kind, "link-outside");
		strictEqual((await files.stat("link"))?.kind, "link-outside");
		await rejects(files.read("link", 0, 1), { code: "outside" });
	});

	it("say what is wrong", async () => {
		strictEqual(await files.stat("missing"), undefined);
		await rejects(files.read("missing", 0, 1), { name: "FileError", code: "not-found", path: "missing" });
		await rejects(files.list("missing"), { name: "FileError", code: "not-found" });
		mkdirSync(join(directory, "a"));
		await rejects(files.read("a", 0, 1), { name: "FileError", code: "not-a-file" });
	});

	it("refuse a file that is too large to be read whole", async () => {
		writeFileSync(join(directory, "large"), "");
		truncateSync(join(directory, "large"), (64 << 20) + 1);
		await rejects(files.read("large", 0, 1), {
			code: "unreadable",
			message: "large is larger than 64 MiB, the most that is read here",
		});
	});
});
