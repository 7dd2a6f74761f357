import { expect, test } from "vitest";
import { membershipText } from "../../../../src/core/format/membershipText";
import type { RaftServer } from "../../../../src/core/snapshot/model";
import { t } from "../../../../src/webview/l10n";

const before: RaftServer = { id: "n2", address: "two:4002", suffrage: "nonvoter" };
const moved = { ...before, address: "elsewhere:4002" };

test.each([
	[undefined, before, "n2 was added at two:4002 as nonvoter"],
	[before, undefined, "n2 was removed"],
	[before, moved, "n2 moved from two:4002 to elsewhere:4002"],
	[before, { ...before, suffrage: "voter" }, "n2 was nonvoter and became voter"],
	[before, { ...moved, suffrage: "voter" }, "n2 moved from two:4002 to elsewhere:4002 and became voter"],
] as const)("%j to %j", (from, to, text) => {
	expect(membershipText({ snapshot: "1-2-3", server: "n2", before: from, after: to }, t)).toBe(text);
});
