import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { FINDING_CODES, SEVERITIES, type Severity } from "../../core/verify/finding";
import type { Fix, Report, ReportFinding } from "../../protocol/report";
import { drawText, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { severityStyles, severityText } from "../severity";
import { baseStyles } from "../styles";

/** A button of a finding was pressed. */
export interface ChosenFix {
	readonly finding: ReportFinding;
	readonly fix: Fix;
}
export type ChooseFixEvent = CustomEvent<ChosenFix>;

/** Findings of one cause that are drawn at most. */
const MOST = 100;

/** Everything that was found: what has one cause stands together, worst first. */
@customElement("finding-groups")
export class FindingGroups extends LitElement {
	@property({ attribute: false }) accessor report!: Report;

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: block;
			}
			section {
				margin: 0 0 16px;
				padding: 2px 0 2px 10px;
				border-left: 3px solid var(--vscode-editorInfo-foreground, currentColor);
				overflow-wrap: anywhere;
			}
			h3 {
				margin: 0 0 4px;
				font-size: inherit;
				font-weight: 600;
			}
			code {
				font-family: var(--vscode-editor-font-family);
			}
			p {
				margin: 2px 0;
			}
			ol {
				margin: 6px 0;
				padding-left: 24px;
			}
			li {
				margin-bottom: 8px;
				padding: 2px;
			}
			.fixes {
				display: flex;
				flex-wrap: wrap;
				gap: 6px;
				margin-top: 4px;
			}
			dl {
				margin: 4px 0;
			}
			dt {
				color: var(--vscode-descriptionForeground);
			}
			dd {
				margin: 0 0 4px;
			}
			summary {
				cursor: pointer;
			}
		`,
		severityStyles,
	];

	/** Scrolls to a finding, by its position, and gives it the focus. */
	show(position: number): void {
		const item = this.renderRoot.querySelector<HTMLElement>(`#finding-${position}`);
		item?.scrollIntoView({ block: "center" });
		item?.focus();
	}

	override render(): TemplateResult | readonly TemplateResult[] {
		const groups = groupsOf(this.report.findings);
		return groups.length === 0 ? html`<p>${t("Nothing was found.")}</p>` : groups.map((group) => this.#group(group));
	}

	#group({ code, severity, findings }: Group): TemplateResult {
		const explanation = this.report.explanations[code];
		const more = findings.length - MOST;
		return html`<section class=${severity} aria-label=${code}>
			<h3>${severityText(severity)} ${FINDING_CODES[code]} <code class="dim">${code}</code></h3>
			${
				explanation === undefined
					? nothing
					: html`<details>
						<summary>${t("What this means")}</summary>
						<dl>
							<dt>${t("Cause")}</dt><dd>${explanation.meaning}</dd>
							<dt>${t("What a node does at its next start")}</dt><dd>${explanation.node}</dd>
							<dt>${t("What to do")}</dt><dd>${explanation.remedy}</dd>
						</dl>
					</details>`
			}
			<ol>${findings.slice(0, MOST).map(([finding, position]) => this.#finding(finding, position))}</ol>
			${more > 0 ? html`<p>${t("and {0} more of this kind", formatCount(more))}</p>` : nothing}
		</section>`;
	}

	#finding(finding: ReportFinding, position: number): TemplateResult {
		const { message, advice, snapshots, fixes } = finding;
		return html`<li id="finding-${position}" tabindex="-1">
			<p>${drawText(message)} ${drawText(advice)}</p>
			${
				snapshots.length === 0
					? nothing
					: html`<p class="dim">${t("Snapshots that it makes unrestorable: {0}", "")} ${drawText(snapshots.join(", "))}</p>`
			}
			${
				fixes.length === 0
					? nothing
					: html`<div class="fixes">${fixes.map(
							(fix) =>
								html`<vscode-button appearance="secondary" @click=${() => this.#choose({ finding, fix })}>${fixText(fix, finding)}</vscode-button>`,
						)}</div>`
			}
		</li>`;
	}

	#choose(detail: ChosenFix): void {
		this.dispatchEvent(new CustomEvent<ChosenFix>("choose-fix", { detail }));
	}
}

interface Group {
	readonly code: ReportFinding["code"];
	readonly severity: Severity;
	/** With their positions in the report. */
	readonly findings: (readonly [ReportFinding, number])[];
}

/** Findings by code and severity, worst first, then in the order in which they were met. */
function groupsOf(findings: readonly ReportFinding[]): readonly Group[] {
	const groups = new Map<string, Group>();
	for (const [position, finding] of findings.entries()) {
		const { code, severity } = finding;
		const known = groups.get(`${severity} ${code}`);
		if (known === undefined) groups.set(`${severity} ${code}`, { code, severity, findings: [[finding, position]] });
		else known.findings.push([finding, position]);
	}
	return [...groups.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function fixText(fix: Fix, { offset = 0 }: ReportFinding): string {
	switch (fix.kind) {
		case "show-bytes":
			return t("Show the bytes at {0}", formatCount(offset));
		case "restore":
			return t("Restore the last good snapshot…");
		case "recover":
			return t("Recover store…");
		default:
			return fix satisfies never;
	}
}
