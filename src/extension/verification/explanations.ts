import { FINDING_CODES, type FindingCode } from "../../core/verify/finding";
import type { Explanation } from "../../protocol/report";

/** A row of the README's table of findings: code, severity, meaning, what a node does, what to do. */
const ROW =
	/^\| `(?<code>[a-z0-9-]+)` \| (?<severity>[^|]*) \| (?<meaning>[^|]*) \| (?<node>[^|]*) \| (?<remedy>[^|]*) \|$/gmu;

/** What the findings' codes mean, from the text of the README. A code that it does not know is left out. */
export function parseExplanations(
	readme: string,
): ReadonlyMap<FindingCode, Explanation & { readonly severity: string }> {
	const explanations = new Map<FindingCode, Explanation & { readonly severity: string }>();
	for (const { groups } of readme.matchAll(ROW)) {
		const { code = "", severity = "", meaning = "", node = "", remedy = "" } = groups ?? {};
		if (isCode(code)) explanations.set(code, { severity, meaning, node, remedy });
	}
	return explanations;
}

function isCode(code: string): code is FindingCode {
	return Object.hasOwn(FINDING_CODES, code);
}
