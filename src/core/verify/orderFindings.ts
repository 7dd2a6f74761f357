import { note } from "../snapshot/entryFindings";
import type { Snapshot } from "../snapshot/model";
import { visible } from "../text";
import type { Finding } from "./finding";

/** What is odd about a store's snapshots beside one another, and about each one's Raft configuration. Oldest first. */
export function orderFindings(snapshots: readonly Snapshot[]): readonly Finding[] {
	return snapshots.flatMap((snapshot, at) => [
		...followFindings(snapshots[at - 1], snapshot),
		...configurationFindings(snapshot),
	]);
}

function followFindings(before: Snapshot | undefined, { path, term, index, createdAt }: Snapshot): readonly Finding[] {
	if (!before) return [];
	const findings: Finding[] = [];
	if (index < before.index) {
		findings.push(
			note(
				"index-falls",
				"warning",
				path,
				`${path} has index ${index}, the snapshot before it (term ${before.term}, now ${term}) had ${before.index}: Raft's index never falls.`,
				"One of the two is of another cluster, or its directory was renamed. Look at where they came from.",
			),
		);
	}
	if (term === before.term && index === before.index) {
		findings.push(
			note(
				"same-position",
				"info",
				path,
				`${path} has the term and index of the snapshot before it, ${visible(before.id)}.`,
				"A node writes that when nothing happened between the two, or when a leader sent it the snapshot.",
			),
		);
	}
	if (createdAt && before.createdAt && createdAt < before.createdAt) {
		findings.push(
			note(
				"clock-falls",
				"info",
				path,
				`${path} says that it was made before ${visible(before.id)}, which it follows.`,
				"The clock was set back, or the two come from different machines. Term and index give the order.",
			),
		);
	}
	return findings;
}

function configurationFindings({ path, index, meta }: Snapshot): readonly Finding[] {
	if (!meta) return [];
	const findings: Finding[] = [];
	const odd = (why: string) => {
		findings.push(
			note(
				"configuration-odd",
				"warning",
				`${path}/meta.json`,
				`${path}/meta.json: ${why}.`,
				"The data is not affected. A node that starts from this snapshot may find no quorum: compare with another node.",
			),
		);
	};
	const repeated = meta.servers.find(({ id }, at) => meta.servers.findIndex((other) => other.id === id) !== at);
	if (repeated) odd(`the server ${visible(repeated.id)} stands in the configuration twice`);
	if (meta.servers.length > 0 && !meta.servers.some(({ suffrage }) => suffrage === "voter")) {
		odd("no server of the configuration is a voter");
	}
	if (meta.configurationIndex !== undefined && meta.configurationIndex > index) {
		odd(`the configuration is of index ${meta.configurationIndex}, behind the snapshot's ${index}`);
	}
	return findings;
}
