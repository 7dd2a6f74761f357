import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { KnownStores } from "../../src/extension/stores/knownStores";
import { Verifier } from "../../src/extension/verification/verifier";
import { leavesUnchanged } from "./unchanged";
import { extension, sampleStore } from "./window";

const SCHEME = "verifier-test";

/** The sample's store through a file system that is none of Node's, whose reads can be made to wait. */
class OtherFiles implements vscode.FileSystemProvider {
	readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
	/** Waited for before a data file is read. */
	gate: Promise<void> = Promise.resolve();
	/** Called when a read begins. */
	reading = () => {};

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => {});
	}

	stat({ path }: vscode.Uri): vscode.FileStat {
		const { size, mtimeMs, birthtimeMs } = this.#real(path, (file) => statSync(file));
		return { type: this.#type(path), size, mtime: Math.floor(mtimeMs), ctime: Math.floor(birthtimeMs) };
	}

	readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
		return this.#real(path, (file) => readdirSync(file)).map((name) => [name, this.#type(join(path, name))]);
	}

	async readFile({ path }: vscode.Uri): Promise<Uint8Array> {
		if (/wal$|sqlite$/.test(path)) {
			this.reading();
			await this.gate;
		}
		return this.#real(path, (file) => readFileSync(file));
	}

	writeFile = refuse;
	createDirectory = refuse;
	delete = refuse;
	rename = refuse;

	#type(path: string): vscode.FileType {
		const isDirectory = this.#real(path, (file) => statSync(file)).isDirectory();
		return isDirectory ? vscode.FileType.Directory : vscode.FileType.File;
	}

	#real<Answer>(path: string, look: (file: string) => Answer): Answer {
		try {
			return look(join(sampleStore(), path));
		} catch {
			throw vscode.FileSystemError.FileNotFound();
		}
	}
}

function refuse(): never {
	throw vscode.FileSystemError.NoPermissions();
}

describe("a verifier", () => {
	leavesUnchanged(sampleStore);
	const files = new OtherFiles();
	const owned: vscode.Disposable[] = [];
	let stores: KnownStores;
	let verifier: Verifier;

	before(() => {
		stores = new KnownStores(() => []);
		verifier = new Verifier(join(extension().extensionPath, "dist"), stores);
		owned.push(stores, verifier, vscode.workspace.registerFileSystemProvider(SCHEME, files, { isReadonly: true }));
	});
	after(() => {
		for (const thing of owned.splice(0).reverse()) thing.dispose();
	});

	it("comes to the same in a thread and through another file system, at every depth", async () => {
		const [ours, other] = [vscode.Uri.file(sampleStore()), vscode.Uri.from({ scheme: SCHEME, path: "/" })];
		for (const depth of ["quick", "usual", "full"] as const) {
			const [one, two] = await Promise.all(
				[ours, other].map(async (uri) => (await verifier.start(stores.at(uri), { depth }).result).verification),
			);
			deepStrictEqual(one, two);
			deepStrictEqual(one?.findings, []);
			strictEqual(one?.snapshots.length, 12);
		}
	});

	it("can be cancelled, also where no thread can be ended", async () => {
		let open = () => {};
		files.gate = new Promise((resolve) => {
			open = resolve;
		});
		const begun = new Promise<void>((resolve) => {
			files.reading = resolve;
		});
		const store = stores.at(vscode.Uri.from({ scheme: SCHEME, path: "/" }));
		const before = verifier.resultOf(store);
		const running = verifier.start(store, { depth: "usual" });
		strictEqual(verifier.start(store, { depth: "usual" }), running);
		deepStrictEqual(verifier.running, [running]);
		await begun;
		running.cancel();
		open();
		await rejects(running.result, { name: "AbortError" });
		deepStrictEqual(verifier.running, []);
		strictEqual(verifier.resultOf(store), before);
	});

	it("gives up what is under way for what is asked for then", async () => {
		const store = stores.at(vscode.Uri.file(sampleStore()));
		const first = verifier.start(store, { depth: "full" });
		const second = verifier.start(store, { depth: "quick" });
		await rejects(first.result, { name: "AbortError" });
		deepStrictEqual((await second.result).verification.notChecked, ["database"]);
		strictEqual(verifier.isCurrent(store), true);
	});
});
