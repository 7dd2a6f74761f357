import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { FileError } from "../../core/files";
import type { Store } from "../../core/snapshot/model";
import type { Verification } from "../../core/verify/verification";
import { verifyStore } from "../../core/verify/verifyStore";
import type { Depth, Part } from "../../protocol/report";
import { Cancelled } from "../cancellation";
import { openerAt } from "../filesAt";
import { Owner } from "../owner";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { type StoreProblem, StoreProblems } from "./problems";
import { type Run, verifyInWorker } from "./verifyInWorker";

/** What was asked for. */
export interface Asked {
	readonly depth: Depth;
	readonly only?: Part | undefined;
}

/** What a verification came to. */
export interface Result extends Asked {
	/** As it was then. */
	readonly store: Store;
	readonly verification: Verification;
	readonly at: Date;
}

/** A verification that is under way. */
export interface Running {
	readonly known: KnownStore;
	readonly asked: Asked;
	readonly result: Promise<Result>;
	/** `undefined` until something has been read. */
	readonly bytes: { readonly read: number; readonly total: number } | undefined;
	readonly onDidProgress: vscode.Event<void>;
	cancel(): void;
}

/** The store is another than it was when its verification began, or cannot be read. */
export class NotVerified extends Error {
	override readonly name = "NotVerified";
}

/** Verifies stores, each once at a time, keeps what came of it, and puts that into the tree and among the problems. */
export class Verifier extends Owner {
	readonly #problems = this.own(new StoreProblems());
	readonly #running = new Map<KnownStore, Running>();
	readonly #results = new Map<KnownStore, Result>();
	readonly #changed = this.own(new vscode.EventEmitter<KnownStore>());
	/** A verification began or ended, or a store is no longer as it was verified. */
	readonly onDidChange = this.#changed.event;

	constructor(
		private readonly dist: string,
		stores: KnownStores,
	) {
		super();
		this.own(
			stores.onDidChange((store) => {
				if (!this.isCurrent(store)) this.#problems.clear(store);
				this.#changed.fire(store);
			}),
		);
		this.own({
			dispose: () => {
				for (const running of this.#running.values()) running.cancel();
			},
		});
	}

	/** Those under way, in the order in which they began. */
	get running(): readonly Running[] {
		return [...this.#running.values()];
	}

	/** The last result, whatever became of the store since. */
	resultOf(store: KnownStore): Result | undefined {
		return this.#results.get(store);
	}

	/** Whether a store is as it was when it was last verified. */
	isCurrent(store: KnownStore): boolean {
		return store.view?.state === "read" && this.#results.get(store)?.store === store.view.store;
	}

	/** What was found on a file, while its store is as it was verified. */
	problemsOn(file: vscode.Uri): readonly StoreProblem[] {
		return this.#problems.on(file);
	}

	/**
	 * Starts to verify a store, or answers what is under way; what else is under way there ends. The result is refused with
	 * `Cancelled`, `FileError`, `NotVerified`.
	 */
	start(known: KnownStore, asked: Asked): Running {
		const under = this.#running.get(known);
		if (under !== undefined && isDeepStrictEqual(under.asked, asked)) return under;
		under?.cancel();
		const abort = new AbortController();
		const progressed = new vscode.EventEmitter<void>();
		let bytes: Running["bytes"];
		const progress = (read: number, total: number): void => {
			bytes = { read, total };
			progressed.fire();
		};
		const result = this.#verify(known, asked, { cancel: abort.signal, progress }).finally(() => {
			if (this.#running.get(known) === running) this.#running.delete(known);
			progressed.dispose();
			this.#changed.fire(known);
		});
		const running: Running = {
			known,
			asked,
			result,
			get bytes() {
				return bytes;
			},
			onDidProgress: progressed.event,
			cancel: () => abort.abort(new Cancelled()),
		};
		this.#running.set(known, running);
		this.#changed.fire(known);
		return running;
	}

	async #verify(known: KnownStore, asked: Asked, run: Run): Promise<Result> {
		const view = await known.refresh();
		if (view.state === "unreadable") throw new NotVerified(view.message);
		run.cancel.throwIfAborted();
		let verification: Verification;
		try {
			verification = await this.#read(known, view.store, asked, run);
		} catch (error) {
			if (error instanceof FileError && error.code === "changed") throw changed(known);
			throw error;
		}
		await known.refresh();
		run.cancel.throwIfAborted();
		const result: Result = { ...asked, store: view.store, verification, at: new Date() };
		const before = this.#results.get(known);
		this.#results.set(known, result);
		if (!known.setVerified(view.store, verification, asked.only === undefined)) {
			if (before !== undefined) this.#results.set(known, before);
			else this.#results.delete(known);
			throw changed(known);
		}
		if (known.view?.state === "read") this.#problems.set(known, known.view.findings);
		return result;
	}

	async #read({ uri, files }: KnownStore, store: Store, { depth, only }: Asked, run: Run): Promise<Verification> {
		const wasm = join(this.dist, "sql-wasm.wasm");
		if (uri.scheme === "file") {
			const task = { directory: uri.fsPath, store, depth, only, wasm };
			return verifyInWorker(join(this.dist, "verifyWorker.js"), task, run);
		}
		const { optionsOf } = await import("../../engine/depth");
		const options = { ...(await optionsOf(depth, () => readFile(wasm))), ...(only && { only }), ...run };
		return verifyStore(store, openerAt(uri, files), options);
	}
}

function changed(store: KnownStore): NotVerified {
	const place = vscode.workspace.asRelativePath(store.uri, true);
	return new NotVerified(
		vscode.l10n.t("{0} changed while it was verified. Verify it again when it is at rest.", place),
	);
}
