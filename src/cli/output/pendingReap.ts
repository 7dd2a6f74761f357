import type { PendingReap } from "../../core/snapshot/model";
import { visible } from "../../core/text";

/** A reap that was cut short, step by step, in lines for people. */
export function pendingReapLines({ path, steps }: PendingReap): readonly string[] {
	return [
		`Reap cut short. Steps of ${path} that the node takes at its next start, those already done included:`,
		...steps.map(({ what }, at) => `  ${at + 1}. ${visible(what)}`),
	];
}
