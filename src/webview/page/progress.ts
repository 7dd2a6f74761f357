import { html, type TemplateResult } from "lit";
import { formatSize, t } from "../l10n";
import type { Phase } from "./phase";

type Reading = Extract<Phase, { name: "reading" }>;

/** How much of a snapshot's files has been read. */
export function readingProgress(phase: Reading): TemplateResult {
	return progress(readingText(phase), phase.readBytes / Math.max(1, phase.totalBytes));
}

/** A text above a bar, which tells the share that is done if it is known. */
export function progress(text: string, share?: number): TemplateResult {
	return html`<div class="progress">
		<span>${text}</span>
		${
			share === undefined
				? html`<progress aria-label=${text}></progress>`
				: html`<progress aria-label=${t("Reading the snapshot")} .value=${share}></progress>`
		}
	</div>`;
}

function readingText({ readBytes, totalBytes, attempt }: Reading): string {
	const read = t("Reading {0} of {1}", formatSize(readBytes), formatSize(totalBytes));
	return attempt === 1 ? read : t("{0}, again: the files changed on disk meanwhile", read);
}
