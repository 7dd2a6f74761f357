import * as vscode from "vscode";
import type { FindingCode } from "../../core/verify/finding";
import {
	DEPTHS,
	type Depth,
	type Explanation,
	type ReportBoot,
	type ReportDescription,
	type ReportHostFunctions,
	type ReportPageFunctions,
} from "../../protocol/report";
import { connect } from "../../protocol/rpc";
import { PagePanel } from "../panel/pagePanel";
import { channelOf, showPage } from "../panel/webviewPage";
import type { KnownStore } from "../stores/knownStore";
import { describeReport } from "./describeReport";
import type { Asked, Verifier } from "./verifier";

/** What a report's page can have done elsewhere in the window. */
export interface ReportActions {
	readonly explanations: () => Promise<ReadonlyMap<FindingCode, Explanation>>;
	verify(store: KnownStore, asked: Asked): Promise<unknown>;
	openSnapshot(store: KnownStore, id: string): void;
	showBytes(store: KnownStore, path: string, offset: number): Promise<void>;
	restore(store: KnownStore, id: string): Promise<void>;
	recover(store: KnownStore): Promise<void>;
	copyMarkdown(description: ReportDescription): Promise<void>;
	exportBundle(store: KnownStore): Promise<void>;
}

/** The page that tells what the last verification of a store came to. */
export class ReportPanel extends PagePanel {
	constructor(
		panel: vscode.WebviewPanel,
		store: KnownStore,
		extension: vscode.Uri,
		private readonly verifier: Verifier,
		private readonly actions: ReportActions,
	) {
		super(panel, store);
		panel.title = vscode.l10n.t("Verification of {0}", this.place);
		const page = connect<ReportPageFunctions, ReportHostFunctions>(this.#hostFunctions(), channelOf(panel.webview));
		this.own({ dispose: () => page.close() });
		this.own(
			verifier.onDidChange((changed) => {
				if (changed === store) page.remote.reportChanged();
			}),
		);
		const state = { storeUri: store.uri.toString() };
		const content = { script: "report.js", title: "Verification", element: "report-page" } as const;
		showPage(panel, extension, content, (): ReportBoot => ({ state, strings: vscode.l10n.bundle ?? {} }));
	}

	async #describe(): Promise<ReportDescription> {
		const { store, verifier } = this;
		const result = verifier.resultOf(store);
		const explanations = await this.actions.explanations();
		const { isTrusted: trusted } = vscode.workspace;
		const current = verifier.isCurrent(store);
		return {
			store: this.place,
			running: verifier.running.some(({ known }) => known === store),
			report: result === undefined ? undefined : describeReport(result, { current, trusted }, explanations),
			trusted,
		};
	}

	#hostFunctions(): ReportHostFunctions {
		const { store, actions, verifier } = this;
		return {
			describe: () => this.#describe(),
			verify: async (depth) => void (await actions.verify(store, { depth: depthOf(depth) })),
			openSnapshot: async (id) => actions.openSnapshot(store, String(id)),
			showBytes: async (path, offset) => {
				const findings = verifier.resultOf(store)?.verification.findings ?? [];
				const finding = findings.find((other) => other.path === path && other.offset === offset);
				if (finding?.offset === undefined) throw new Error(vscode.l10n.t("Nothing was found at this place."));
				await actions.showBytes(store, finding.path, finding.offset);
			},
			restore: (id) => actions.restore(store, String(id)),
			recover: () => actions.recover(store),
			copyMarkdown: async () => actions.copyMarkdown(await this.#describe()),
			exportBundle: () => actions.exportBundle(store),
		};
	}
}

function depthOf(value: unknown): Depth {
	return DEPTHS.find((depth) => depth === value) ?? "usual";
}
