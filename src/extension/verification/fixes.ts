import type { Finding, FindingCode } from "../../core/verify/finding";
import { restorable, type Verification } from "../../core/verify/verification";
import type { Fix } from "../../protocol/report";

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

/** What can be done about a finding from the window, in the order to offer it. @param writable Whether the layout is one that we write. */
export function fixesOf(
	finding: Finding,
	verification: Pick<Verification, "snapshots">,
	writable: boolean,
): readonly Fix[] {
	const fixes: Fix[] = [];
	if (finding.offset !== undefined) fixes.push({ kind: "show-bytes" });
	const good = restorable({ findings: [], checked: [], notChecked: [], ...verification }).at(-1);
	if (finding.severity === "error" && good !== undefined) fixes.push({ kind: "restore", snapshot: good.id });
	if (writable && RECOVERED.has(finding.code)) fixes.push({ kind: "recover" });
	return fixes;
}
