import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ChainReport } from "../../protocol/engine";
import type { EngineChoice, SnapshotDescription } from "../../protocol/page";
import { drawText, textStyles } from "../drawText";
import { engineText } from "../engine/engineText";
import { formatAge, formatCount, formatSize, formatTime, t } from "../l10n";
import { baseStyles, foldStyles } from "../styles";
import { walEndText } from "./walEndText";

/** What the answers stand on: one line, and every file of the chain below it when unfolded. */
@customElement("chain-header")
export class ChainHeader extends LitElement {
	@property({ attribute: false }) accessor description: SnapshotDescription | undefined;
	/** `undefined` until the chain has been read. */
	@property({ attribute: false }) accessor report: ChainReport | undefined;
	/** Where it is, or will be, queried. */
	@property({ attribute: false }) accessor engine: EngineChoice | undefined;

	static override styles = [
		baseStyles,
		foldStyles,
		textStyles,
		css`
			dl {
				display: grid;
				grid-template-columns: max-content 1fr;
				gap: 2px 12px;
				margin: 6px 0 0;
			}
			.chain {
				max-height: 40vh;
				overflow: auto;
			}
			dt {
				color: var(--vscode-descriptionForeground);
			}
			dd {
				margin: 0;
				overflow-wrap: anywhere;
			}
			@media (max-width: 600px) {
				dl {
					display: block;
				}
			}
		`,
	];

	override render(): TemplateResult | typeof nothing {
		const { description, report } = this;
		if (description === undefined) return nothing;
		return html`<details>
			<summary>
				<h1>${drawText(description.id)}</h1>
				<span class="dim"> · ${kindText(description)} · ${this.#created()} · ${this.#standing()}</span>
			</summary>
			<div class="chain" tabindex="0" role="region" aria-label=${t("What the answers stand on")}><dl>
				${description.live ? liveItems(description) : snapshotItems(description)}
				${term(description.live ? t("Last written") : t("Created"), this.#createdAt())}
				${report === undefined ? description.files.map(fileItem) : reportItems(report)}
				${this.engine === undefined ? nothing : term(t("Queried"), engineText(this.engine))}
			</dl></div>
		</details>`;
	}

	#created(): TemplateResult | string {
		const iso = this.description?.createdAt;
		if (iso === undefined) return t("at an unknown time");
		const time = new Date(iso);
		return html`<time datetime=${iso} title=${formatTime(time)}>${formatAge(time, new Date())}</time>`;
	}

	#createdAt(): TemplateResult | string {
		const iso = this.description?.createdAt;
		return iso === undefined ? this.#created() : html`${this.#created()} · ${formatTime(new Date(iso))}`;
	}

	/** In one line: how much of the chain is in the answers. */
	#standing(): string {
		const files = this.description?.files.length ?? 0;
		if (this.report === undefined) {
			if (files === 0) return t("no files");
			return files === 1 ? t("1 file") : t("{0} files", formatCount(files));
		}
		const { wals, pageCount } = this.report;
		const [applied, present] = wals.reduce(([a, p], wal) => [a + wal.framesApplied, p + wal.frames], [0, 0]);
		const pages = t("{0} pages", formatCount(pageCount));
		if (wals.length === 0) return t("base alone, {0}", pages);
		if (wals.length === 1) {
			return t("base and 1 WAL, {0} of {1} frames applied, {2}", formatCount(applied), formatCount(present), pages);
		}
		return t(
			"base and {0} WALs, {1} of {2} frames applied, {3}",
			...[wals.length, applied, present].map(formatCount),
			pages,
		);
	}
}

function snapshotItems(description: SnapshotDescription): TemplateResult {
	const { store, id } = description;
	return html`${term(t("Store"), drawText(store))} ${startItem(description)} ${term(t("Snapshot"), drawText(id))}
	${term(t("Kind"), kindText(description))}`;
}

function liveItems(description: SnapshotDescription): TemplateResult {
	return html`${term(t("Data directory"), drawText(description.store))} ${term(t("Kind"), kindText(description))}`;
}

function kindText({ kind, live }: SnapshotDescription): string {
	if (live) return t("live database of a node");
	switch (kind) {
		case "full":
			return t("full");
		case "incremental":
			return t("incremental");
		default:
			return kind satisfies never;
	}
}

/** What the chain starts from: a generation, in layouts without them a full snapshot, which may be this one. */
function startItem({ layout, generation, id }: SnapshotDescription): TemplateResult | typeof nothing {
	if (layout === "generations") return term(t("Generation"), drawText(generation));
	return generation === id ? nothing : term(t("Full snapshot"), drawText(generation));
}

function term(name: string, text: TemplateResult | string): TemplateResult {
	return html`<dt>${name}</dt><dd>${text}</dd>`;
}

function fileItem({ path, sizeBytes }: SnapshotDescription["files"][number], position: number): TemplateResult {
	const name = position === 0 ? t("Base") : t("WAL {0}", position);
	return term(name, html`${drawText(path)} <span class="dim">· ${formatSize(sizeBytes)}</span>`);
}

function reportItems({ base, wals, pageSize, pageCount }: ChainReport): TemplateResult {
	const baseText = t("{0} pages of {1}", formatCount(base.pages), formatSize(pageSize));
	return html`${term(t("Base"), html`${drawText(base.path)} <span class="dim">· ${baseText}</span>`)}
	${wals.map(({ path, frames, framesApplied, end }, position) => {
		const applied = t("{0} of {1} frames applied", formatCount(framesApplied), formatCount(frames));
		return term(
			t("WAL {0}", position + 1),
			html`${drawText(path)} <span class="dim">· ${applied} · ${drawText(end === undefined ? t("not read, because of the damage before it") : walEndText(end))}</span>`,
		);
	})}
	${term(t("Database"), t("{0} pages of {1}", formatCount(pageCount), formatSize(pageSize)))}`;
}
