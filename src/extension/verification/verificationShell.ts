import * as vscode from "vscode";
import { storeFor } from "../commands/storeFor";
import { APPLY_FIX, COMMANDS } from "../ids";
import { Owner } from "../owner";
import type { SnapshotPanels } from "../panel/snapshotPanels";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { withoutLinks } from "../text/withoutMarkup";
import { isTreeNode, storeOf } from "../tree/node";
import { tellRefusal } from "../writing/refusal";
import { BackgroundVerification } from "./backgroundVerification";
import { BytesDocuments } from "./bytesDocuments";
import { VerifyCommands } from "./commands";
import { describeReport } from "./describeReport";
import { ExplanationDocuments } from "./explanationDocuments";
import { type ChosenFix, QuickFixes } from "./quickFixes";
import { reportMarkdown } from "./reportMarkdown";
import { ReportPanels } from "./reportPanels";
import { VerificationStatus } from "./statusItem";
import { supportBundle } from "./supportBundle";
import { Verifier } from "./verifier";

const { t } = vscode.l10n;

/** Everything that verifying adds to a window. */
export class VerificationShell extends Owner {
	readonly #verifier: Verifier;
	readonly #commands: VerifyCommands;
	readonly #bytes = this.own(new BytesDocuments());
	readonly #explanations: ExplanationDocuments;
	readonly #reports: ReportPanels;
	readonly #version: string;

	constructor(
		{ extensionUri, extension }: vscode.ExtensionContext,
		stores: KnownStores,
		panels: Pick<SnapshotPanels, "show" | "storeInFront">,
	) {
		super();
		this.#version = String((extension.packageJSON as { readonly version?: unknown }).version);
		this.#verifier = this.own(new Verifier(vscode.Uri.joinPath(extensionUri, "dist").fsPath, stores));
		const storeInFront = (): KnownStore | undefined => panels.storeInFront ?? this.#reports.storeInFront;
		this.#commands = new VerifyCommands(stores, this.#verifier, (store) => this.#reports.show(store), storeInFront);
		this.#explanations = this.own(new ExplanationDocuments(extensionUri));
		this.#reports = this.own(
			new ReportPanels(extensionUri, stores, this.#verifier, {
				explanations: () => this.#explanations.all(),
				verify: (store, asked) => this.#commands.verifyStore(store, asked),
				openSnapshot: (store, id) => panels.show(store, id),
				showBytes: (store, path, offset) => this.#bytes.show(store.uri, path, offset),
				restore: (store, id) => this.#restore(store, id),
				recover: (store) => this.#recover(store),
				copyMarkdown: async ({ store, report }) => {
					if (report !== undefined) await vscode.env.clipboard.writeText(reportMarkdown(store, report, t));
				},
				exportBundle: (store) => this.#exportBundle(store),
			}),
		);
		const status = this.own(new VerificationStatus(this.#verifier));
		this.own(new BackgroundVerification(stores, this.#verifier, (store) => this.#reports.show(store)));
		this.own(new QuickFixes(this.#verifier));
		this.#command(COMMANDS.verifyStore, (target) => this.#commands.verify(target));
		this.#command(COMMANDS.verifyPart, (target) => this.#commands.verify(target));
		this.#command(COMMANDS.verifyAtDepth, (target) => this.#commands.verifyAtDepth(target));
		this.#command(COMMANDS.verifyAll, () => this.#commands.verifyAll());
		this.#command(COMMANDS.cancelVerification, () => status.cancel());
		this.#command(COMMANDS.showReport, (target) => this.#commands.report(target));
		this.#command(COMMANDS.exportBundle, async (target) => {
			const store = await storeFor(stores, target, t("Export support bundle"), storeInFront());
			if (store !== undefined) await this.#exportBundle(store);
		});
		this.#command(COMMANDS.explainFinding, (code) => this.#explanations.show(codeOf(code)));
		this.#command(COMMANDS.showFindingBytes, (target) => this.#showBytes(target));
		this.#command(APPLY_FIX, (chosen) => this.#apply(chosen as ChosenFix));
	}

	/** As the command does, for a page. */
	async verify(store: KnownStore): Promise<void> {
		await this.#commands.verifyStore(store, { depth: "usual" });
	}

	#command(id: string, run: (target: unknown) => Promise<void>): void {
		this.own(vscode.commands.registerCommand(id, run));
	}

	async #apply({ store, finding, fix }: ChosenFix): Promise<void> {
		switch (fix.kind) {
			case "show-bytes":
				return this.#bytes.show(store.uri, finding.path, finding.offset ?? 0);
			case "restore":
				return this.#restore(store, fix.snapshot);
			case "recover":
				return this.#recover(store);
			default:
				fix satisfies never;
		}
	}

	async #showBytes(target: unknown): Promise<void> {
		const node = isTreeNode(target) ? storeOf(target) : undefined;
		if (node === undefined || !isTreeNode(target) || target.kind !== "finding") return;
		const { path, offset = 0 } = target.finding;
		await this.#bytes.show(vscode.Uri.parse(node.uri, true), path, offset);
	}

	async #restore(store: KnownStore, id: string): Promise<void> {
		await tellRefusal(async () => (await import("../commands/restoreSnapshot")).restorePicked(store, id));
	}

	async #recover(store: KnownStore): Promise<void> {
		await vscode.commands.executeCommand(COMMANDS.recoverStore, store);
	}

	async #exportBundle(store: KnownStore): Promise<void> {
		const result = this.#verifier.resultOf(store) ?? (await this.#commands.verifyStore(store, { depth: "quick" }));
		if (result === undefined) return;
		const file = await vscode.window.showSaveDialog({
			title: t("Export support bundle"),
			saveLabel: t("Export"),
			filters: { JSON: ["json"] },
			defaultUri: vscode.Uri.joinPath(store.uri, "..", "support-bundle.json"),
		});
		if (file === undefined) return;
		const standing = { current: this.#verifier.isCurrent(store), trusted: vscode.workspace.isTrusted };
		const report = describeReport(result, standing, await this.#explanations.all());
		const versions = {
			extension: this.#version,
			vscode: vscode.version,
			node: process.version,
			platform: process.platform,
		};
		const bundle = await supportBundle(store.files, result, report, versions);
		await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(bundle, undefined, "\t")}\n`));
		const text = t(
			"The support bundle is in {0}. It holds structure, sizes, headers and findings, and no rows.",
			file.fsPath,
		);
		void vscode.window.showInformationMessage(withoutLinks(text));
	}
}

/** A node of the tree stands for its finding. */
function codeOf(target: unknown): unknown {
	return isTreeNode(target) && target.kind === "finding" ? target.finding.code : target;
}
