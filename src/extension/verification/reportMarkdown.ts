import type { Translate } from "../../core/format/membershipText";
import { headlineText, nextStepText, verdictText } from "../../core/format/verdictText";
import { visible } from "../../core/text";
import { SEVERITIES } from "../../core/verify/finding";
import type { Report, ReportFinding } from "../../protocol/report";

/** A report as Markdown, to be sent to somebody: the verdict, every snapshot, every finding. */
export function reportMarkdown(store: string, report: Report, t: Translate): string {
	const snapshots = report.generations.flatMap(({ name, snapshots: some }) =>
		some.map((snapshot) => ({ ...snapshot, generation: name })),
	);
	const rows = snapshots.map((snapshot) =>
		row([
			snapshot.generation,
			snapshot.id,
			snapshot.kind,
			`${snapshot.term}/${snapshot.index}`,
			verdictText(snapshot, t),
		]),
	);
	const findings = SEVERITIES.flatMap((severity) => report.findings.filter((finding) => finding.severity === severity));
	return [
		`# ${t("Verification of {0}", text(store))}`,
		`${text(headlineText(snapshots, t))} ${text(nextStepText(snapshots, report.findings.length === 0, t))}`,
		[
			`- ${t("Layout: {0}", report.layout)}`,
			`- ${t("Verified at {0}, depth: {1}", report.at, report.depth)}`,
			`- ${t("Checked: {0}", report.checked.join(", "))}`,
			...(report.notChecked.length === 0 ? [] : [`- ${t("Not checked: {0}", report.notChecked.join(", "))}`]),
			...(report.current ? [] : [`- ${t("The store has changed since.")}`]),
		].join("\n"),
		...(rows.length === 0
			? []
			: [
					[
						row([t("Generation"), t("Snapshot"), t("Kind"), t("Term/index"), t("Verdict")]),
						"| --- | --- | --- | --- | --- |",
						...rows,
					].join("\n"),
				]),
		...(findings.length === 0 ? [t("Nothing was found.")] : [findings.map(findingText).join("\n")]),
	]
		.join("\n\n")
		.concat("\n");
}

function findingText({ severity, code, path, message, advice }: ReportFinding): string {
	return `- **${severity}** \`${code}\` ${text(path)}: ${text(message)} ${text(advice)}`;
}

function row(cells: readonly string[]): string {
	return `| ${cells.map(text).join(" | ")} |`;
}

/** Names come from a store: none of them may become markup. */
function text(value: string): string {
	return visible(value).replaceAll(/[\\`*_[\]<>|#]/g, "\\$&");
}
