import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { HostLayoutFunctions } from "../../protocol/columnLayouts";
import type { SchemaObject } from "../../protocol/engine";
import {
	type ExportChoice,
	type HostEngineFunctions,
	type HostFunctions,
	MAX_KEPT_SQL,
	type PageFunctions,
	type PanelState,
} from "../../protocol/page";
import type { HostQueryFunctions, PageQuery } from "../../protocol/pageQuery";
import { connect } from "../../protocol/rpc";
import { readBoot } from "../boot";
import type { SaveValueEvent } from "../cell/cellValue";
import { pageHome } from "../engine/engineHome";
import { HostHome } from "../engine/hostHome";
import { workerEngines } from "../engine/startEngine";
import { layouts } from "../grid/columnLayouts";
import type { CopyCellEvent } from "../grid/gridActions";
import { t, useLanguage } from "../l10n";
import type { QueryPane } from "../sql/queryPane";
import type { SqlChangeEvent } from "../sql/sqlEditor";
import { baseStyles } from "../styles";
import type { ShowTableEvent } from "../table/tableBrowser";
import { hostChannel, vscodeApi } from "../vscodeApi";
import type { NoticeActionEvent } from "./bannerList";
import type { TakeOutEvent } from "./exportMenu";
import type { Notice, NoticeAction } from "./notices";
import { noticesOf } from "./notices";
import type { ChooseObjectEvent } from "./objectList";
import type { Phase } from "./phase";
import { progress, readingProgress } from "./progress";
import type { OpenSnapshotEvent } from "./raftSection";
import { snapshotPageStyles } from "./snapshotPageStyles";
import { SnapshotSession } from "./snapshotSession";
import type { ChooseViewEvent, View } from "./viewTabs";
import "./bannerList";
import "./chainHeader";
import "./exportMenu";
import "./objectList";
import "../sql/queryPane";
import "./raftSection";
import "../space/spaceView";
import "../structure/structureView";
import "./viewTabs";

/** The page: a snapshot's standing at the top, its objects to the left, a query and its rows to the right. */
@customElement("snapshot-page")
export class SnapshotPage extends LitElement {
	@state() private accessor chosen: SchemaObject | undefined;
	/** Which view of the database is seen. */
	@state() private accessor view = "rows";
	/** Why the extension did not do what a button asked for. */
	@state() private accessor refusal: string | undefined;
	@query("query-pane") private accessor pane!: QueryPane;

	readonly #host = connect<
		HostFunctions & HostEngineFunctions & HostLayoutFunctions & HostQueryFunctions,
		PageFunctions
	>(
		{
			runQuery: (query) => this.#runWhenOpen(query),
			storeChanged: () => void this.#session.refresh(),
			engineEnded: (engine) => this.#hostHome.ended(engine),
			exportChoice: async () => this.#exportChoice(),
		},
		hostChannel,
	).remote;
	/** No template can be given the remote itself, which seems to have any member, those of a directive too. */
	readonly #queries: HostQueryFunctions = {
		rememberQuery: (sql) => this.#host.rememberQuery(sql),
		chooseFromHistory: () => this.#host.chooseFromHistory(),
		saveQuery: (sql) => this.#host.saveQuery(sql),
		chooseSavedQuery: () => this.#host.chooseSavedQuery(),
		runElsewhere: (query) => this.#host.runElsewhere(query),
	};
	readonly #hostHome = new HostHome(this.#host, hostChannel);
	readonly #session: SnapshotSession;
	/** What is to be run once the database is open. */
	#waiting: PageQuery | undefined;
	/** As VS Code keeps it. */
	#state: PanelState;
	readonly #leave = () => this.#session.close();

	static override styles = [baseStyles, snapshotPageStyles];

	constructor() {
		super();
		const { engineWorker, wasm, state, query, strings, layouts: kept = [] } = readBoot(document);
		this.#waiting = query;
		useLanguage(document.documentElement.lang || "en", strings);
		this.#state = state;
		vscodeApi.setState(state);
		layouts.connect(kept, (layout) => this.#host.keepLayout(layout));
		const homes = { webview: pageHome(this.#host, workerEngines(engineWorker, wasm)), host: this.#hostHome };
		this.#session = new SnapshotSession(this.#host, homes, () => this.requestUpdate());
	}

	override connectedCallback(): void {
		super.connectedCallback();
		window.addEventListener("pagehide", this.#leave);
		void this.#session.start();
	}

	override disconnectedCallback(): void {
		window.removeEventListener("pagehide", this.#leave);
		this.#leave();
		super.disconnectedCallback();
	}

	override render(): TemplateResult {
		const { description, phase } = this.#session;
		const report = phase.name === "open" || phase.name === "damaged" ? phase.report : undefined;
		return html`<chain-header
				.description=${description}
				.report=${report}
				.engine=${this.#session.loaded?.engine ?? description?.engine}
			></chain-header>
			${description?.live ? nothing : html`<raft-section .description=${description} @open-snapshot=${this.#open}></raft-section>`}
			<banner-list .notices=${this.#notices()} @notice-action=${this.#act}></banner-list>
			${phase.name === "open" ? html`<export-menu .whole=${!this.#isPartial} @take-out=${this.#takeOut}></export-menu>` : nothing}
			<main>${this.#content(phase)}</main>`;
	}

	#stoppable(progress: TemplateResult): TemplateResult {
		return html`<div class="progress">
			${progress}
			<vscode-button appearance="secondary" @click=${() => this.#session.stopReading()}>${t("Cancel")}</vscode-button>
		</div>`;
	}

	#content(phase: Phase): TemplateResult | typeof nothing {
		switch (phase.name) {
			case "describing":
				return progress(t("Looking at the snapshot…"));
			case "reading":
				return this.#stoppable(readingProgress(phase));
			case "opening":
				return this.#stoppable(progress(t("Opening the database…")));
			case "open":
				return html`<nav>
						<object-list
							.objects=${phase.objects}
							.rowCounts=${new Map(this.#session.rowCounts)}
							.chosen=${this.chosen}
							@choose-object=${this.#choose}
						></object-list>
					</nav>
					<view-tabs
						.views=${this.#views()}
						.active=${this.view}
						.label=${t("Views of the database")}
						@choose-view=${this.#chooseView}
					>
						<query-pane
							slot="rows"
							.engine=${phase.engine}
							.objects=${phase.objects}
							.host=${this.#queries}
							.keptSql=${this.#state.sql ?? ""}
							@sql-change=${this.#keep}
							@copy-cell=${this.#copy}
							@save-value=${this.#save}
							@show-table=${({ detail }: ShowTableEvent) => this.#choseTable(detail, phase.objects)}
						></query-pane>
						<structure-view
							slot="structure"
							.engine=${phase.engine}
							.object=${this.chosen}
							.objects=${phase.objects}
							.seen=${this.view === "structure"}
							@choose-object=${this.#choose}
						></structure-view>
						<space-view
							slot="space"
							.space=${this.#session.space?.state}
							.objects=${phase.objects}
							@choose-object=${this.#choose}
							@measure-space=${() => void this.#session.space?.start()}
							@stop-measuring=${() => this.#session.space?.stop()}
						></space-view>
					</view-tabs>`;
			case "gone":
			case "incomplete":
			case "large":
			case "stopped":
			case "damaged":
			case "failed":
				return nothing; // The notices say all there is.
			default:
				return phase satisfies never;
		}
	}

	#notices(): readonly Notice[] {
		const notices = noticesOf(this.#session);
		if (this.refusal === undefined) return notices;
		return [{ about: "refusal", severity: "error", message: this.refusal, findings: [] }, ...notices];
	}

	/** Whether what is open is less than the snapshot. */
	get #isPartial(): boolean {
		const { phase, loaded, description } = this.#session;
		return phase.name === "open" && (phase.report.findings.length > 0 || loaded?.upTo !== description?.id);
	}

	#exportChoice(): ExportChoice {
		const queries = this.#session.phase.name === "open" ? this.pane.exported : [];
		return { queries, object: this.chosen?.name, partial: this.#isPartial };
	}

	async #exportRows(): Promise<void> {
		await this.#host.exportRows(this.#exportChoice());
	}

	#takeOut({ detail }: TakeOutEvent): void {
		void this.#tried(detail === "rows" ? this.#exportRows() : this.#host.restoreSnapshot());
	}

	protected override updated(): void {
		const query = this.#waiting;
		if (query === undefined || this.#session.phase.name !== "open") return;
		this.#waiting = undefined;
		void this.pane.runQuery(query);
	}

	#runWhenOpen(query: PageQuery): void {
		this.#waiting = query;
		this.view = "rows";
		this.requestUpdate();
	}

	#views(): readonly View[] {
		return [
			{ name: "rows", label: t("Rows and SQL") },
			{ name: "structure", label: t("Structure") },
			{ name: "space", label: t("Space") },
		];
	}

	#chooseView({ detail }: ChooseViewEvent): void {
		this.view = detail;
	}

	/** Shows its structure where that is what is looked at, its rows otherwise. */
	#choose({ detail }: ChooseObjectEvent): void {
		this.chosen = detail;
		if (this.view === "space") this.view = "rows";
		this.pane.show(detail);
	}

	/** A row led to another table. */
	#choseTable(name: string, objects: readonly SchemaObject[]): void {
		const isIt = (object: SchemaObject) => object.kind === "table" && object.name.toLowerCase() === name.toLowerCase();
		this.chosen = objects.find(isIt) ?? this.chosen;
	}

	#keep({ detail }: SqlChangeEvent): void {
		const { storeUri, snapshot } = this.#state;
		this.#state = { storeUri, snapshot, ...(detail.length <= MAX_KEPT_SQL ? { sql: detail } : {}) };
		vscodeApi.setState(this.#state);
	}

	#copy({ detail }: CopyCellEvent): void {
		void this.#tried(this.#host.copyText(detail));
	}

	#save({ detail }: SaveValueEvent): void {
		void this.#tried(this.#host.saveValue(detail.name, detail.bytes));
	}

	#open({ detail }: OpenSnapshotEvent): void {
		void this.#tried(this.#host.openSnapshot(detail));
	}

	#act({ detail }: NoticeActionEvent): void {
		void this.#tried(this.#actions[detail]());
	}

	async #tried(action: Promise<void>): Promise<void> {
		this.refusal = undefined;
		try {
			await action;
		} catch (error) {
			this.refusal = error instanceof Error ? error.message : String(error);
		}
	}

	readonly #actions: Readonly<Record<NoticeAction, () => Promise<void>>> = {
		"open-newest": () => this.#host.openSnapshot("latest"),
		"open-partial": () => this.#session.openPartial(),
		"read-again": () => this.#session.start(),
		"load-anyway": () => this.#session.load(),
		"verify-store": () => this.#host.verifyStore(),
	};
}
