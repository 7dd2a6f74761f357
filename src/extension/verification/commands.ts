import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { DEPTHS, type Depth } from "../../protocol/report";
import { Cancelled } from "../cancellation";
import { storeFor } from "../commands/storeFor";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { withoutLinks } from "../text/withoutMarkup";
import { isTreeNode } from "../tree/node";
import { announce } from "./announce";
import { showProgress } from "./progress";
import { type Asked, NotVerified, type Result, type Verifier } from "./verifier";

const { t } = vscode.l10n;

/** What the commands that verify do, each with a notification that tells how far it is and can cancel it. */
export class VerifyCommands {
	constructor(
		private readonly stores: KnownStores,
		private readonly verifier: Verifier,
		private readonly showReport: (store: KnownStore) => void,
		private readonly storeInFront: () => KnownStore | undefined,
	) {}

	/**
	 * The store, generation or snapshot that a node stands for; without one, the store of the panel in front, the only store
	 * or the one that is asked for.
	 */
	async verify(target: unknown, depth: Depth = "usual"): Promise<void> {
		const store = await storeFor(this.stores, target, t("Verify snapshot store"), this.storeInFront());
		if (store !== undefined) await this.verifyStore(store, { depth, only: partOf(target) });
	}

	/** As `verify`, at a depth that is asked for. */
	async verifyAtDepth(target: unknown): Promise<void> {
		const items = DEPTHS.map((depth) => ({ ...depthItem(depth), depth }));
		const picked = await vscode.window.showQuickPick(items, {
			title: t("Verify snapshot store"),
			placeHolder: t("Depth"),
		});
		if (picked !== undefined) await this.verify(target, picked.depth);
	}

	/** Every store of the window, one after the other. */
	async verifyAll(): Promise<void> {
		const stores = await this.stores.all();
		if (stores.length === 0) {
			void vscode.window.showWarningMessage(t("There is no store in this window. Open a folder that holds one."));
		}
		for (const store of stores) if ((await this.#run(store, { depth: "usual" })) === "cancelled") return;
	}

	/** Says what came of it. `undefined` when nothing has: it was cancelled, or the store cannot be read. */
	async verifyStore(store: KnownStore, asked: Asked): Promise<Result | undefined> {
		const result = await this.#run(store, asked);
		return result === "cancelled" ? undefined : result;
	}

	async #run(store: KnownStore, asked: Asked): Promise<Result | "cancelled" | undefined> {
		const running = this.verifier.start(store, asked);
		try {
			const result = await showProgress(running);
			void announce(store, result, () => this.showReport(store));
			return result;
		} catch (error) {
			if (error instanceof Cancelled) return "cancelled";
			if (error instanceof NotVerified) void vscode.window.showWarningMessage(withoutLinks(error.message));
			else if (error instanceof FileError) void vscode.window.showErrorMessage(withoutLinks(error.message));
			else throw error;
			return undefined;
		}
	}

	/** The report on the store that `verify` would take, which offers to verify it where that has not been done. */
	async report(target: unknown): Promise<void> {
		const store = await storeFor(this.stores, target, t("Show verification report"), this.storeInFront());
		if (store !== undefined) this.showReport(store);
	}
}

function partOf(target: unknown): Asked["only"] {
	if (!isTreeNode(target)) return undefined;
	if (target.kind === "generation") return { generation: target.generation.name };
	if (target.kind === "snapshot") return { generation: target.snapshot.generation, snapshot: target.snapshot.id };
	return undefined;
}

function depthItem(depth: Depth): vscode.QuickPickItem {
	switch (depth) {
		case "quick":
			return { label: t("Quick"), detail: t("Every file and every log, without the databases in them") };
		case "usual":
			return { label: t("Usual"), detail: t("The structure of the database in every snapshot besides") };
		case "full":
			return {
				label: t("Full"),
				detail: t("What SQLite itself checks besides: rows against their schema and foreign keys. Takes longest"),
			};
		default:
			return depth satisfies never;
	}
}
