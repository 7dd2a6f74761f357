import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { membershipText, suffrageText } from "../../core/format/membershipText";
import type { MembershipChange } from "../../core/snapshot/membership";
import type { SnapshotDescription } from "../../protocol/page";
import { drawName, drawText, textStyles } from "../drawText";
import { formatCount, t } from "../l10n";
import { baseStyles, foldStyles } from "../styles";

/** The user asked for another snapshot of the store, by its id. */
export type OpenSnapshotEvent = CustomEvent<string>;

/** Servers that are drawn at most; a cluster has a handful. */
const MAX_SERVERS = 200;

/** What Raft knew when the snapshot was made: one line, and when unfolded its servers and how they came to be. */
@customElement("raft-section")
export class RaftSection extends LitElement {
	@property({ attribute: false }) accessor description: SnapshotDescription | undefined;

	static override styles = [
		baseStyles,
		foldStyles,
		textStyles,
		css`
			.raft {
				display: flex;
				flex-wrap: wrap;
				gap: 8px 32px;
				max-height: 40vh;
				margin-top: 6px;
				overflow: auto;
			}
			dl {
				display: grid;
				grid-template-columns: max-content max-content;
				align-content: start;
				gap: 2px 12px;
				margin: 0;
			}
			dt,
			th,
			h3 {
				color: var(--vscode-descriptionForeground);
				font-weight: normal;
			}
			dd {
				margin: 0;
				font-variant-numeric: tabular-nums;
			}
			table {
				border-collapse: collapse;
				align-self: start;
			}
			th,
			td {
				padding: 0 16px 2px 0;
				text-align: left;
				vertical-align: top;
				overflow-wrap: anywhere;
			}
			.changes {
				flex: 1 1 300px;
				min-width: 0;
			}
			h3 {
				margin: 0;
				font-size: inherit;
			}
			ul {
				margin: 2px 0 0;
				padding-left: 20px;
			}
			li {
				overflow-wrap: anywhere;
			}
			button {
				padding: 0;
				border: none;
				background: none;
				color: var(--vscode-textLink-foreground);
				font: inherit;
				text-align: left;
				text-decoration: underline;
				cursor: pointer;
			}
			button:hover {
				color: var(--vscode-textLink-activeForeground);
			}
		`,
	];

	override render(): TemplateResult | typeof nothing {
		const { description } = this;
		if (description === undefined) return nothing;
		const { term, index, raft } = description;
		const { configurationIndex, servers } = raft;
		return html`<details>
			<summary>
				<h2>Raft</h2>
				<span class="dim"> · ${t("term {0}, index {1}", term, index)} · ${serverCount(servers.length)}${changeCount(description)}</span>
			</summary>
			<div class="raft" tabindex="0" role="region" aria-label=${t("Raft")}>
				<dl>
					<dt>${t("Term")}</dt>
					<dd>${term}</dd>
					<dt>${t("Index")}</dt>
					<dd>${index}</dd>
					<dt>${t("Configuration index")}</dt>
					<dd>${configurationIndex ?? t("unknown")}</dd>
				</dl>
				${servers.length === 0 ? nothing : this.#servers(servers)} ${this.#changes(description)}
			</div>
		</details>`;
	}

	#servers(servers: SnapshotDescription["raft"]["servers"]): TemplateResult {
		const more = servers.length - MAX_SERVERS;
		return html`<table>
			<caption class="visually-hidden">
				${t("Servers of the configuration")}
			</caption>
			<thead>
				<tr>
					<th scope="col">${t("Server")}</th>
					<th scope="col">${t("Address")}</th>
					<th scope="col">${t("Suffrage")}</th>
				</tr>
			</thead>
			<tbody>
				${servers.slice(0, MAX_SERVERS).map(
					({ id, address, suffrage }) =>
						html`<tr>
							<td>${drawName(id)}</td>
							<td>${drawName(address)}</td>
							<td>${suffrageText(suffrage, t)}</td>
						</tr>`,
				)}
				${more > 0 ? html`<tr><td colspan="3">${t("and {0} more", formatCount(more))}</td></tr>` : nothing}
			</tbody>
		</table>`;
	}

	#changes({ id, raft: { changes, earlierChanges } }: SnapshotDescription): TemplateResult | typeof nothing {
		if (changes.length === 0) return nothing;
		return html`<div class="changes">
			<h3>${t("Membership changes, each at the snapshot that shows it first")}</h3>
			<ul>
				${earlierChanges > 0 ? html`<li class="dim">${t("{0} earlier ones", formatCount(earlierChanges))}</li>` : nothing}
				${changes.map((change) => html`<li>${drawText(membershipText(change, t))} ${this.#link(change, id)}</li>`)}
			</ul>
		</div>`;
	}

	#link({ snapshot }: MembershipChange, shown: string): TemplateResult {
		if (snapshot === shown) return html`<span class="dim">${t("in this snapshot")}</span>`;
		return html`<button type="button" aria-label=${t("Open snapshot {0}", snapshot)} @click=${() => this.#open(snapshot)}>
			${drawText(snapshot)}
		</button>`;
	}

	#open(snapshot: string): void {
		this.dispatchEvent(new CustomEvent<string>("open-snapshot", { detail: snapshot }));
	}
}

function serverCount(count: number): string {
	if (count === 0) return t("servers unknown");
	return count === 1 ? t("1 server") : t("{0} servers", formatCount(count));
}

function changeCount({ raft: { changes, earlierChanges } }: SnapshotDescription): string {
	const count = changes.length + earlierChanges;
	if (count === 0) return "";
	return ` · ${count === 1 ? t("1 membership change") : t("{0} membership changes", formatCount(count))}`;
}
