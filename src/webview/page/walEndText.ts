import type { WalEnd } from "../../core/sqlite/wal/end";
import { formatCount, t } from "../l10n";

/** Why reading a WAL ended, in words. */
export function walEndText(end: WalEnd): string {
	switch (end.reason) {
		case "end-of-file":
			return t("read to its end");
		case "salt-mismatch":
			return end.damaged
				? t("damaged: the salts of frame {0} belong to no cycle of this WAL", formatCount(end.frame))
				: t("ends before frame {0}, which is left over from an older cycle", formatCount(end.frame));
		case "uncommitted":
			return t("the frames from {0} on have no commit and are not applied", formatCount(end.frame));
		case "rolled-back":
			return t("the frames from {0} on were rolled back and are not applied", formatCount(end.frame));
		case "checksum-mismatch":
			return t("damaged: the checksum of frame {0} is wrong", formatCount(end.frame));
		case "torn-frame":
			return t("damaged: frame {0} lacks {1} bytes", formatCount(end.frame), formatCount(end.missing));
		case "bad-header":
			return t("damaged header: {0}", end.message);
		default:
			return end satisfies never;
	}
}
