import type { MembershipChange } from "../snapshot/membership";
import type { RaftServer } from "../snapshot/model";

/** A text in the user's language, `{0}`, `{1}`, … replaced by the arguments. */
export type Translate = (english: string, ...values: string[]) => string;

/** A change of Raft's servers as a sentence without its full stop. */
export function membershipText({ server, before, after }: MembershipChange, t: Translate): string {
	if (after === undefined) return t("{0} was removed", server);
	if (before === undefined)
		return t("{0} was added at {1} as {2}", server, after.address, suffrageText(after.suffrage, t));
	const [was, is] = [suffrageText(before.suffrage, t), suffrageText(after.suffrage, t)];
	if (before.address === after.address) return t("{0} was {1} and became {2}", server, was, is);
	if (was === is) return t("{0} moved from {1} to {2}", server, before.address, after.address);
	return t("{0} moved from {1} to {2} and became {3}", server, before.address, after.address, is);
}

/** A server's part in elections, in Raft's own words. */
export function suffrageText(suffrage: RaftServer["suffrage"], t: Translate): string {
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
