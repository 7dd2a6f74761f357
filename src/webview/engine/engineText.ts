import type { EngineChoice } from "../../protocol/page";
import { formatSize, t } from "../l10n";

/** Where a snapshot is queried, and why there. */
export function engineText({ home, because, limitBytes }: EngineChoice): string {
	const place =
		home === "host"
			? t("beside the extension, over the open files; only rows come to this page")
			: t("in this page, over a copy of the files");
	return `${place} · ${reasonText({ home, because, limitBytes })}`;
}

function reasonText({ home, because, limitBytes }: EngineChoice): string {
	switch (because) {
		case "size":
			return home === "host"
				? t("they are larger than {0} together", formatSize(limitBytes))
				: t("they are not larger than {0} together", formatSize(limitBytes));
		case "setting":
			return t("as the setting {0} says", "snapshotStore.query.engine");
		case "no-path":
			return t("they can be reached through VS Code alone");
		default:
			return because satisfies never;
	}
}
