import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { headlineText, nextStepText } from "../../core/format/verdictText";
import type { Check } from "../../core/verify/verification";
import type {
	Depth,
	Report,
	ReportBoot,
	ReportDescription,
	ReportHostFunctions,
	ReportPageFunctions,
} from "../../protocol/report";
import { connect } from "../../protocol/rpc";
import { bootOf, isObject } from "../boot";
import { drawText, textStyles } from "../drawText";
import { formatAge, formatTime, t, useLanguage } from "../l10n";
import { baseStyles } from "../styles";
import { hostChannel, vscodeApi } from "../vscodeApi";
import type { ChooseFindingEvent, ChooseSnapshotEvent } from "./chainPicture";
import type { ChooseFixEvent, FindingGroups } from "./findingGroups";
import "./chainPicture";
import "./findingGroups";

/** The page of a verification: the verdict first, then the store as a picture, then everything that was found. */
@customElement("report-page")
export class ReportPage extends LitElement {
	@state() private accessor description: ReportDescription | undefined;
	/** Why the extension did not do what a button asked for. */
	@state() private accessor refusal: string | undefined;
	@query("finding-groups") private accessor findings!: FindingGroups;

	readonly #host = connect<ReportHostFunctions, ReportPageFunctions>(
		{ reportChanged: () => void this.#describe() },
		hostChannel,
	).remote;

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: block;
				max-width: 1100px;
				padding: 12px 16px 32px;
			}
			h1 {
				margin: 0 0 8px;
				font-size: 1.2em;
				font-weight: 600;
				overflow-wrap: anywhere;
			}
			h2 {
				margin: 20px 0 8px;
				padding-top: 12px;
				border-top: var(--line);
				font-size: 1.1em;
				font-weight: 600;
			}
			p {
				margin: 4px 0;
				overflow-wrap: anywhere;
			}
			.verdict {
				margin: 8px 0;
				padding: 8px 12px;
				border-left: 4px solid var(--vscode-charts-green, #388a34);
				background: var(--vscode-textCodeBlock-background);
			}
			.verdict.damaged {
				border-left-color: var(--vscode-editorError-foreground, currentColor);
			}
			.verdict strong {
				font-size: 1.1em;
			}
			.buttons {
				display: flex;
				flex-wrap: wrap;
				gap: 6px;
				margin: 10px 0;
			}
			.notice {
				padding: 6px 12px;
				border-left: 3px solid var(--vscode-editorWarning-foreground, currentColor);
			}
		`,
	];

	constructor() {
		super();
		const { state, strings } = bootOf(document, isReportBoot);
		useLanguage(document.documentElement.lang || "en", strings);
		vscodeApi.setState(state);
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#describe();
	}

	override render(): TemplateResult {
		const { description } = this;
		if (description === undefined) return html`<main><p role="status">${t("Looking at the report…")}</p></main>`;
		const { store, report } = description;
		return html`<main>
			<h1>${t("Verification of {0}", "")} ${drawText(store)}</h1>
			<div aria-live="polite">${this.#notices(description)}</div>
			${report === undefined ? nothing : this.#verdict(report)}
			<div class="buttons">${this.#buttons(description)}</div>
			${report === undefined ? nothing : this.#details(report)}
		</main>`;
	}

	#notices({ report, running }: ReportDescription): TemplateResult {
		const stale = report !== undefined && !report.current;
		return html`${this.refusal === undefined ? nothing : html`<p class="notice">${drawText(this.refusal)}</p>`}
		${running ? html`<p class="notice">${t("The store is being verified…")}</p>` : nothing}
		${stale ? html`<p class="notice">${t("The store has changed since. What is below was so before that.")}</p>` : nothing}
		${
			report === undefined && !running
				? html`<p class="notice">${t("This store has not been verified since the window was opened.")}</p>`
				: nothing
		}`;
	}

	#verdict({ generations, findings, only }: Report): TemplateResult {
		const snapshots = generations.flatMap((generation) => generation.snapshots);
		const isDamaged = findings.some(({ severity }) => severity === "error");
		const part = only?.snapshot ?? only?.generation;
		return html`<div class="verdict ${isDamaged ? "damaged" : "sound"}">
			<p><strong>${isDamaged ? t("Damaged") : t("Sound")}</strong></p>
			<p>${drawText(headlineText(snapshots, t))}</p>
			<p>${drawText(nextStepText(snapshots, findings.length === 0, t))}</p>
			${part === undefined ? nothing : html`<p class="dim">${t("Only a part of the store was verified:")} ${drawText(part)}</p>`}
		</div>`;
	}

	#buttons({ report, running, trusted }: ReportDescription): TemplateResult {
		const good = report?.generations
			.flatMap(({ snapshots }) => snapshots)
			.findLast(({ verdict }) => verdict === "exact");
		return html`${
			good === undefined
				? nothing
				: html`${button(t("Open the newest restorable snapshot"), () => this.#try(this.#host.openSnapshot(good.id)))}
					${trusted ? button(t("Restore it to a file…"), () => this.#try(this.#host.restore(good.id))) : nothing}`
		}
		${running ? nothing : button(report === undefined ? t("Verify") : t("Verify again"), () => this.#verify(report?.depth ?? "usual"))}
		${running || report?.depth === "full" ? nothing : button(t("Verify fully"), () => this.#verify("full"))}
		${
			report === undefined
				? nothing
				: html`${button(t("Copy as Markdown"), () => this.#try(this.#host.copyMarkdown()))}
					${button(t("Export support bundle…"), () => this.#try(this.#host.exportBundle()))}`
		}`;
	}

	#details(report: Report): TemplateResult {
		const at = new Date(report.at);
		return html`<p class="dim">
				<time datetime=${report.at} title=${formatTime(at)}>${t("Verified {0}", formatAge(at, new Date()))}</time> ·
				${t("checked: {0}", report.checked.map(checkText).join(", "))}
				${report.notChecked.length === 0 ? nothing : html` · ${t("not checked: {0}", report.notChecked.map(checkText).join(", "))}`}
			</p>
			<h2>${t("Generations and snapshots")}</h2>
			<chain-picture
				.report=${report}
				@choose-snapshot=${({ detail }: ChooseSnapshotEvent) => this.#try(this.#host.openSnapshot(detail))}
				@choose-finding=${({ detail }: ChooseFindingEvent) => this.findings.show(detail)}
			></chain-picture>
			<h2>${t("Findings")}</h2>
			<finding-groups .report=${report} @choose-fix=${this.#fix}></finding-groups>`;
	}

	#fix({ detail: { finding, fix } }: ChooseFixEvent): void {
		switch (fix.kind) {
			case "show-bytes":
				this.#try(this.#host.showBytes(finding.path, finding.offset ?? 0));
				break;
			case "restore":
				this.#try(this.#host.restore(fix.snapshot));
				break;
			case "recover":
				this.#try(this.#host.recover());
				break;
			default:
				fix satisfies never;
		}
	}

	#verify(depth: Depth): void {
		this.#try(this.#host.verify(depth));
	}

	async #describe(): Promise<void> {
		this.description = await this.#host.describe();
	}

	#try(action: Promise<void>): void {
		this.refusal = undefined;
		action.catch((error: unknown) => {
			this.refusal = error instanceof Error ? error.message : String(error);
		});
	}
}

function button(text: string, act: () => void): TemplateResult {
	return html`<vscode-button appearance="secondary" @click=${act}>${text}</vscode-button>`;
}

function checkText(check: Check): string {
	switch (check) {
		case "structure":
			return t("directories");
		case "meta":
			return t("metadata");
		case "base":
			return t("bases");
		case "wal":
			return t("logs");
		case "sidecars":
			return t("checksum files");
		case "database":
			return t("databases");
		default:
			return check satisfies never;
	}
}

function isReportBoot(value: unknown): value is ReportBoot {
	if (!isObject(value)) return false;
	const { state, strings } = value as Partial<ReportBoot>;
	return isObject(state) && isObject(strings);
}
