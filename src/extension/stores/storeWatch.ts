import * as vscode from "vscode";
import { Owner } from "../owner";
import { pollSeconds } from "../settings";
import { Debounce } from "./debounce";

/** A writer makes several files for one snapshot: they are one change. */
const QUIET_MS = 300;
/** A store that is written all the time is still looked at this often. */
const LONGEST_MS = 2000;

/** Says when a store may have changed: after file events, and at intervals where the user's setting asks for it. */
export class StoreWatch extends Owner {
	readonly #changes: Debounce;
	#poll: NodeJS.Timeout | undefined;

	constructor(store: vscode.Uri, changed: () => void) {
		super();
		this.#changes = this.own(new Debounce(changed, QUIET_MS, LONGEST_MS));
		const watcher = this.own(vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(store, "**")));
		this.own(watcher.onDidCreate(() => this.#changes.trigger()));
		this.own(watcher.onDidChange(() => this.#changes.trigger()));
		this.own(watcher.onDidDelete(() => this.#changes.trigger()));
		this.own(vscode.workspace.onDidChangeConfiguration(() => this.#startPolling()));
		this.own({ dispose: () => clearInterval(this.#poll) });
		this.#startPolling();
	}

	#startPolling(): void {
		clearInterval(this.#poll);
		const seconds = pollSeconds();
		this.#poll = seconds > 0 ? setInterval(() => this.#changes.trigger(), seconds * 1000) : undefined;
	}
}
