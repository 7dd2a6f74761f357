import type { Finding, FindingCode } from "../../core/verify/finding";
import { restorable } from "../../core/verify/verification";
import type { Fix } from "../../protocol/report";
import type { Result } from "./verifier";

/** What a crash leaves in a store of generations; "Recover store" plans what becomes of it. */
const RECOVERED: ReadonlySet<FindingCode> = new Set<FindingCode>([
	"unfinished-generation",
	"unfinished-snapshot",
	"scratchpad-leftover",
	"reap-checkpoint-pending",
	"reap-copy-unused",
	"reap-copy-needed",
	"reap-plan-pending",
	"reap-plan-unfinished",
]);

/**
 * What can be done about a finding from the window, in the order to offer it.
 *
 * @param trusted Whether the workspace is, without which nothing is written anywhere.
 */
export function fixesOf(
	finding: Finding,
	{ store, verification }: Pick<Result, "store" | "verification">,
	trusted: boolean,
): readonly Fix[] {
	const fixes: Fix[] = [];
	if (finding.offset !== undefined) fixes.push({ kind: "show-bytes" });
	if (!trusted) return fixes;
	const good = restorable(verification).at(-1);
	if (finding.severity === "error" && good !== undefined) fixes.push({ kind: "restore", snapshot: good.id });
	if (store.layout === "generations" && RECOVERED.has(finding.code)) fixes.push({ kind: "recover" });
	return fixes;
}
