import { storeSnapshots } from "../../core/snapshot/catalog";
import { chainOf } from "../../core/snapshot/chain";
import { membershipChanges } from "../../core/snapshot/membership";
import type { Snapshot } from "../../core/snapshot/model";
import { type Finding, worstSeverity } from "../../core/verify/finding";
import type { ReadView } from "../stores/knownStore";
import type { FindingNode, GenerationNode, MessageNode, ReapNode, ReapStepNode, SnapshotNode, StoreNode } from "./node";
import { placeFindings } from "./placeFindings";

type Placed = ReturnType<typeof placeFindings>;

type ChildOfStore = GenerationNode | ReapNode | FindingNode | MessageNode;

/**
 * Below a store that has been read: generations, newest first, then a reap that was cut short, and what was found on the
 * store itself.
 */
export function childrenOfStore(node: StoreNode, view: ReadView): ChildOfStore[] {
	const { store } = view;
	const placed = placeFindings(store, view.findings);
	const generations = store.generations.map((generation): GenerationNode => {
		const findings = placed.get(generation) ?? [];
		const ofSnapshots = generation.snapshots.flatMap((snapshot) => {
			const { own, inherited } = findingsOf(snapshot, view, placed);
			return [...own, ...inherited];
		});
		return {
			kind: "generation",
			id: `${node.id}|${generation.path}`,
			generation,
			view,
			findings,
			health: worstSeverity([...findings, ...ofSnapshots]),
			parent: node,
		};
	});
	const reap = store.pendingReap;
	const rest: readonly ChildOfStore[] = [
		...(reap === undefined ? [] : [{ kind: "reap", id: `${node.id}|reap`, reap, parent: node } as const]),
		...findingNodes(node, placed.get(store) ?? []),
	];
	if (store.newest === undefined) {
		const message: MessageNode = {
			kind: "message",
			id: `${node.id}|message`,
			message: { reason: "no-snapshot" },
			parent: node,
		};
		return [message, ...generations.reverse(), ...rest];
	}
	return [...generations.reverse(), ...rest];
}

/** Below a generation: snapshots, newest first, then what was found on the generation itself. */
export function childrenOfGeneration(node: GenerationNode): (SnapshotNode | FindingNode)[] {
	const placed = placeFindings(node.view.store, node.view.findings);
	const changes = membershipChanges(storeSnapshots(node.view.store));
	const verdicts = new Map(
		node.view.verdicts
			?.filter(({ generation }) => generation === node.generation.name)
			.map((verdict) => [verdict.id, verdict]),
	);
	const snapshots = node.generation.snapshots.map((snapshot): SnapshotNode => {
		const { own, inherited } = findingsOf(snapshot, node.view, placed);
		return {
			kind: "snapshot",
			// A full snapshot can have the path of its generation.
			id: `${node.id}|${snapshot.path}`,
			snapshot,
			findings: own,
			inherited,
			verdict: verdicts.get(snapshot.id),
			health: worstSeverity([...own, ...inherited]),
			newest: snapshot === node.view.store.newest,
			membership: changes.filter((change) => change.snapshot === snapshot.id),
			parent: node,
		};
	});
	return [...snapshots.reverse(), ...findingNodes(node, node.findings)];
}

/** Below a reap that was cut short: its steps, in the order in which they are taken. */
export function childrenOfReap(node: ReapNode): ReapStepNode[] {
	return node.reap.steps.map((step, at) => ({
		kind: "reap-step",
		id: `${node.id}|${at + 1}`,
		step,
		number: at + 1,
		parent: node,
	}));
}

/** Below a snapshot: what was found on it. */
export function childrenOfSnapshot(node: SnapshotNode): FindingNode[] {
	return findingNodes(node, node.findings);
}

/** A snapshot's own findings, and those elsewhere that make it unrestorable: a missing base, a damaged WAL before it. */
function findingsOf(
	snapshot: Snapshot,
	{ store, findings, verified }: ReadView,
	placed: Placed,
): { readonly own: readonly Finding[]; readonly inherited: readonly Finding[] } {
	const own = placed.get(snapshot) ?? [];
	const chain = chainOf(store, snapshot);
	const files = new Set([chain.base, ...chain.wals].flatMap((file) => [file?.path, file?.sidecar?.path]));
	// What opening a snapshot has shown names that one alone, and concerns every chain that holds the file.
	const concerns = ({ snapshots, path }: Finding) =>
		snapshots.includes(snapshot.id) || (!verified && snapshots.length > 0 && files.has(path));
	const elsewhere = findings.filter((finding) => concerns(finding) && !own.includes(finding));
	const broken = chain.broken.filter((finding) => !own.includes(finding));
	return { own, inherited: [...new Set([...elsewhere, ...broken])] };
}

/** Findings as nodes; several of one code on one place keep apart by their number. */
function findingNodes(parent: FindingNode["parent"], findings: readonly Finding[]): FindingNode[] {
	const seen = new Map<string, number>();
	return findings.map((finding) => {
		const place = `${parent.id}|${finding.code}|${finding.path}|${finding.offset ?? ""}`;
		const number = (seen.get(place) ?? 0) + 1;
		seen.set(place, number);
		return { kind: "finding", id: number === 1 ? place : `${place}|${number}`, finding, parent };
	});
}
