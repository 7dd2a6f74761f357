import { expect, test } from "vitest";
import type { WalEnd } from "../../../../src/core/sqlite/wal/end";
import { walEndText } from "../../../../src/webview/page/walEndText";

test.each<[WalEnd, string]>([
	[{ reason: "end-of-file" }, "read to its end"],
	[
		{ reason: "salt-mismatch", frame: 5, offset: 1, damaged: false },
		"ends before frame 5, which is left over from an older cycle",
	],
	[
		{ reason: "salt-mismatch", frame: 5, offset: 1, damaged: true },
		"damaged: the salts of frame 5 belong to no cycle of this WAL",
	],
	[{ reason: "uncommitted", frame: 1200, offset: 1 }, "the frames from 1,200 on have no commit and are not applied"],
	[{ reason: "rolled-back", frame: 2, offset: 1 }, "the frames from 2 on were rolled back and are not applied"],
	[{ reason: "checksum-mismatch", frame: 2, offset: 1 }, "damaged: the checksum of frame 2 is wrong"],
	[{ reason: "torn-frame", frame: 2, offset: 1, missing: 723 }, "damaged: frame 2 lacks 723 bytes"],
	[{ reason: "bad-header", offset: 0, message: "magic 0" }, "damaged header: magic 0"],
])("%o", (end, text) => {
	expect(walEndText(end)).toBe(text);
});
