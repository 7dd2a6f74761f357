import type { MembershipChange } from "../core/snapshot/membership";
import type { RaftServer } from "../core/snapshot/model";
import { t } from "./l10n";

/** A change of Raft's servers as a sentence without its full stop. */
export function membershipText({ server, before, after }: MembershipChange): string {
	if (after === undefined) return t("{0} was removed", server);
	if (before === undefined)
		return t("{0} was added at {1} as {2}", server, after.address, suffrageText(after.suffrage));
	const [was, is] = [suffrageText(before.suffrage), suffrageText(after.suffrage)];
	if (before.address === after.address) return t("{0} was {1} and became {2}", server, was, is);
	if (was === is) return t("{0} moved from {1} to {2}", server, before.address, after.address);
	return t("{0} moved from {1} to {2} and became {3}", server, before.address, after.address, is);
}

/** A server's part in elections, in Raft's own words. */
export function suffrageText(suffrage: RaftServer["suffrage"]): string {
	switch (suffrage) {
		case "voter":
			return t("voter");
		case "nonvoter":
			return t("nonvoter");
		case "staging":
			return t("staging");
		default:
			return suffrage satisfies never;
	}
}
