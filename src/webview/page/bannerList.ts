import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Finding } from "../../core/verify/finding";
import { drawText, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { severityStyles, severityText } from "../severity";
import { baseStyles } from "../styles";
import type { Notice, NoticeAction } from "./notices";

/** The user pressed the button of a notice. */
export type NoticeActionEvent = CustomEvent<NoticeAction>;

/** Findings of one notice that are drawn at most. */
const MAX_FINDINGS = 50;

/** Notices, one below the other. */
@customElement("banner-list")
export class BannerList extends LitElement {
	@property({ attribute: false }) accessor notices: readonly Notice[] = [];

	static override styles = [
		baseStyles,
		textStyles,
		css`
			:host {
				display: block;
				max-height: 50vh;
				overflow: auto;
			}
			.notice {
				padding: 6px 12px;
				border-left: 3px solid var(--vscode-editorInfo-foreground, currentColor);
				border-bottom: var(--line);
				overflow-wrap: anywhere;
			}
			.line {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 4px 12px;
			}
			ul {
				margin: 4px 0;
				padding-left: 20px;
			}
		`,
		severityStyles,
	];

	override render(): TemplateResult {
		return html`<section aria-label=${t("Notices")} aria-live="polite">${repeat(
			this.notices,
			({ about }) => about,
			(notice) => this.#notice(notice),
		)}</section>`;
	}

	#notice({ severity, message, findings, action }: Notice): TemplateResult {
		const more = findings.length - MAX_FINDINGS;
		return html`<div class="notice ${severity}">
			<div class="line">
				<span><strong>${severityText(severity)}</strong> ${drawText(message)}</span>
				${
					action === undefined
						? nothing
						: html`<vscode-button appearance="secondary" @click=${() => this.#act(action)}>${actionText(action)}</vscode-button>`
				}
			</div>
			${
				findings.length === 0
					? nothing
					: html`<ul>
						${findings.slice(0, MAX_FINDINGS).map(findingItem)}
						${more > 0 ? html`<li>${t("and {0} more: verify the store to see all", formatCount(more))}</li>` : nothing}
					</ul>`
			}
		</div>`;
	}

	#act(action: NoticeAction): void {
		this.dispatchEvent(new CustomEvent<NoticeAction>("notice-action", { detail: action }));
	}
}

function findingItem({ message, path, offset, advice }: Finding): TemplateResult {
	// Most messages name the place themselves.
	const place = [
		...(message.includes(path) ? [] : [path]),
		...(offset === undefined || message.includes(String(offset)) ? [] : [t("byte {0}", formatCount(offset))]),
	].join(", ");
	return html`<li>
		${drawText(message)} ${place === "" ? nothing : html`<span class="dim">${drawText(place)}.</span>`} ${drawText(advice)}
	</li>`;
}

function actionText(action: NoticeAction): string {
	switch (action) {
		case "open-newest":
			return t("Open the newest");
		case "open-partial":
			return t("Open up to the last sound commit");
		case "read-again":
			return t("Read again");
		case "load-anyway":
			return t("Load anyway");
		case "verify-store":
			return t("Verify snapshot store");
		default:
			return action satisfies never;
	}
}
