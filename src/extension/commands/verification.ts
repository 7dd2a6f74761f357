import * as vscode from "vscode";
import { FileError } from "../../core/files";
import type { Finding } from "../../core/verify/finding";
import { verifyStore } from "../../core/verify/verifyStore";
import { Cancelled, cancellationOf } from "../cancellation";
import { openerAt } from "../filesAt";
import { Owner } from "../owner";
import { StoreProblems } from "../problems";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { withoutLinks } from "../text/withoutMarkup";
import { storeFor } from "./storeFor";

const { t } = vscode.l10n;

/** "Verify snapshot store": reads a store's bases and WALs, shows what is found in the tree and among the problems. */
export class Verification extends Owner {
	readonly #problems = this.own(new StoreProblems());
	/** A store is verified once at a time. */
	readonly #running = new Set<KnownStore>();

	constructor(private readonly stores: KnownStores) {
		super();
		this.own(
			stores.onDidChange((store) => {
				if (store.view?.state !== "read" || !store.view.verified) this.#problems.clear(store);
			}),
		);
	}

	/** For a node of the tree its store; without one, the only store or the one that is asked for. */
	async run(target: unknown): Promise<void> {
		const store = await storeFor(this.stores, target, t("Verify snapshot store"));
		if (store !== undefined) await this.verify(store);
	}

	async verify(store: KnownStore): Promise<void> {
		if (this.#running.has(store)) return;
		this.#running.add(store);
		try {
			await this.#verify(store);
		} catch (error) {
			if (error instanceof FileError) void vscode.window.showErrorMessage(withoutLinks(error.message));
			else if (!(error instanceof Cancelled)) throw error;
		} finally {
			this.#running.delete(store);
		}
	}

	async #verify(store: KnownStore): Promise<void> {
		const place = vscode.workspace.asRelativePath(store.uri, true);
		const view = await store.refresh();
		if (view.state === "unreadable") {
			void vscode.window.showErrorMessage(withoutLinks(view.message));
			return;
		}
		const { findings } = await vscode.window.withProgress(
			{
				location: vscode.ProgressLocation.Notification,
				title: withoutLinks(t("Verifying {0}", place)),
				cancellable: true,
			},
			(progress, token) => {
				let shown = 0;
				return verifyStore(view.store, openerAt(store.uri, store.files), {
					cancel: cancellationOf(token),
					progress: (readBytes, totalBytes) => {
						const percent = totalBytes === 0 ? 100 : Math.floor((readBytes / totalBytes) * 100);
						if (percent > shown) progress.report({ increment: percent - shown, message: `${percent} %` });
						shown = Math.max(shown, percent);
					},
				});
			},
		);
		await store.refresh();
		if (store.setVerified(view.store, findings)) {
			this.#problems.set(store, findings);
			void announce(place, findings);
		} else {
			const text = t("{0} changed while it was verified. Verify it again when it is at rest.", place);
			void vscode.window.showWarningMessage(withoutLinks(text));
		}
	}
}

async function announce(place: string, findings: readonly Finding[]): Promise<void> {
	const count = (severity: Finding["severity"]): number =>
		findings.filter((finding) => finding.severity === severity).length;
	const errors = count("error");
	const warnings = count("warning");
	const parts = [
		...(errors === 0 ? [] : [errors === 1 ? t("1 error") : t("{0} errors", errors)]),
		...(warnings === 0 ? [] : [warnings === 1 ? t("1 warning") : t("{0} warnings", warnings)]),
	];
	const text = withoutLinks(`${place}: ${parts.length === 0 ? t("sound") : parts.join(", ")}`);
	const actions = findings.length === 0 ? [] : [t("Show Problems")];
	const show = errors > 0 ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
	if ((await show(text, ...actions)) !== undefined) {
		await vscode.commands.executeCommand("workbench.actions.view.problems");
	}
}
