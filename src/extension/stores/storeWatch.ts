import * as vscode from "vscode";
import { DATABASE, DATABASE_WAL, RAFT_LOG } from "../../core/dataDirectory/dataDirectory";
import { Owner } from "../owner";
import { pollSeconds } from "../settings";
import { Debounce } from "./debounce";

/** A writer makes several files for one snapshot: they are one change. */
const QUIET_MS = 300;
/** A store that is written all the time is still looked at this often. */
const LONGEST_MS = 2000;

/** Says when a store, or the live database beside it, may have changed: after file events, and at intervals where the user's setting asks for it. */
export class StoreWatch extends Owner {
	readonly #changes: Debounce;
	#poll: NodeJS.Timeout | undefined;

	constructor(store: vscode.Uri, changed: () => void) {
		super();
		this.#changes = this.own(new Debounce(changed, QUIET_MS, LONGEST_MS));
		this.#watch(new vscode.RelativePattern(store, "**"));
		const around = `{${[RAFT_LOG, DATABASE, DATABASE_WAL].join(",")}}`;
		this.#watch(new vscode.RelativePattern(vscode.Uri.joinPath(store, ".."), around));
		this.own(vscode.workspace.onDidChangeConfiguration(() => this.#startPolling()));
		this.own({ dispose: () => clearInterval(this.#poll) });
		this.#startPolling();
	}

	#watch(pattern: vscode.RelativePattern): void {
		const watcher = this.own(vscode.workspace.createFileSystemWatcher(pattern));
		this.own(watcher.onDidCreate(() => this.#changes.trigger()));
		this.own(watcher.onDidChange(() => this.#changes.trigger()));
		this.own(watcher.onDidDelete(() => this.#changes.trigger()));
	}

	#startPolling(): void {
		clearInterval(this.#poll);
		const seconds = pollSeconds();
		this.#poll = seconds > 0 ? setInterval(() => this.#changes.trigger(), seconds * 1000) : undefined;
	}
}
