import type { FindingNode } from "./node";

/** A finding's message without the path of the part it stands below, which the tree already shows. */
export function findingLabel({ finding, parent }: FindingNode): string {
	switch (parent.kind) {
		case "store":
			return finding.message;
		case "generation":
			return finding.message.replaceAll(`${parent.generation.path}/`, "");
		case "snapshot":
			return finding.message.replaceAll(`${parent.snapshot.path}/`, "");
		default:
			return parent satisfies never;
	}
}
