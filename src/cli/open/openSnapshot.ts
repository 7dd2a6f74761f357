import { FileError } from "../../core/files";
import { generationOf } from "../../core/snapshot/catalog";
import { chainOf } from "../../core/snapshot/chain";
import type { KnownLogs } from "../../core/snapshot/knownLogs";
import { lastComplete } from "../../core/snapshot/lastComplete";
import type { Snapshot, Store } from "../../core/snapshot/model";
import { type ChainReport, openImage } from "../../core/snapshot/openImage";
import type { PageImage } from "../../core/sqlite/image/pageImage";
import type { Finding } from "../../core/verify/finding";
import { confirmChain, openChain } from "../../node/openChain";
import { runningNode } from "../../node/runningNode";
import { Failure, notExact, oneLine } from "../failure";
import type { LocatedStore } from "./locate";

/** What the warnings end with where something is missing. */
export const PARTIAL = "The answer is partial: it ends at the last sound commit before that.";

/** What a refusal ends with where there is something to be read all the same. */
const IN_PART = " --allow-damaged reads what is sound of it.";

/** A snapshot open for reading. Whoever opens it closes it. */
export interface OpenSnapshot {
	readonly image: PageImage;
	readonly report: ChainReport;
	/** What is worth knowing though the state is exact; with `allowDamaged`, first of all what is missing from it. */
	readonly warnings: readonly string[];
	/** To be asked once all is read: rejects with a `Failure` when the snapshot is made of other files now, or gone. */
	confirm(): Promise<void>;
	close(): void;
}

export interface OpenSnapshotOptions {
	/** Go as far as the last sound commit where the chain is damaged. */
	readonly allowDamaged: boolean;
	/** Read the whole base for the sake of its sidecar. */
	readonly checkBase?: boolean;
	/** What came of reading the logs before; without it all are read. */
	readonly known?: KnownLogs | undefined;
}

/**
 * Opens a snapshot whose chain is sound, or throws a `Failure` that says which file is the reason, where and why. With
 * `allowDamaged` it goes as far as the last sound commit.
 */
export async function openSnapshot(
	{ directory, store }: LocatedStore,
	snapshot: Snapshot,
	{ allowDamaged, checkBase = false, known }: OpenSnapshotOptions,
): Promise<OpenSnapshot> {
	const { broken } = chainOf(store, snapshot);
	const last = lastComplete(store, snapshot);
	const used = last && allowDamaged ? last : snapshot;
	const chain = chainOf(store, used);
	const confirm = async () => {
		try {
			await confirmChain(directory, used.id, chain);
		} catch (error) {
			throw inOwnWords(error);
		}
	};
	if (chain.broken.length > 0) await confirm(); // what a node was moving is not missing
	const refuse = (findings: readonly Finding[], reads: boolean) =>
		refuseUnlessNone(directory, snapshot, findings, reads ? IN_PART : "");
	if (!last || !allowDamaged) await refuse(broken, last !== undefined);
	try {
		const files = await openChain(directory, chain);
		try {
			const { image, report } = openImage(files, snapshot.id, { checkBase, known });
			if (report.findings.length > 0) await confirm(); // what a node was writing is no damage
			if (!image || !allowDamaged) await refuse(report.findings, image !== undefined);
			if (!image) throw new Error("an image without findings is there");
			const missing = [...broken, ...report.findings].map(({ message }) => message);
			if (missing.length > 0) missing.push(PARTIAL);
			const notes = report.notes.map(({ message }) => message);
			return {
				image,
				report,
				warnings: [...new Set([...missing, ...notes, ...warningsOf(store, snapshot)])],
				confirm,
				close: files.close,
			};
		} catch (error) {
			files.close();
			throw error;
		}
	} catch (error) {
		throw inOwnWords(error);
	}
}

function inOwnWords(error: unknown): unknown {
	return error instanceof FileError ? new Failure(1, oneLine(error)) : error;
}

/** What a node at work has half done looks as if it had been cut short. */
async function refuseUnlessNone(
	directory: string,
	snapshot: Snapshot,
	findings: readonly Finding[],
	besides: string,
): Promise<void> {
	const [first] = findings;
	if (!first) return;
	const faults = findings.map(({ message }) => message);
	const running = (await runningNode(directory)) !== undefined;
	const tryAgain = "A node seems to be at work there: try again, it may have been just then. Else: ";
	const advice = (running ? tryAgain : "") + first.advice + besides;
	throw notExact(`snapshot ${snapshot.id}`, faults, advice);
}

function warningsOf(store: Store, snapshot: Snapshot): readonly string[] {
	const own = [...generationOf(store, snapshot).findings, ...snapshot.findings];
	const findings = [...hidingNewer(store, snapshot), ...own.filter(({ severity }) => severity !== "info")];
	return findings.map(({ message }) => message);
}

/** Of the newest snapshot: why there may be a newer one that cannot be seen. */
function hidingNewer(store: Store, snapshot: Snapshot): readonly Finding[] {
	if (snapshot !== store.newest) return [];
	const newer = store.generations.slice(store.generations.indexOf(generationOf(store, snapshot)) + 1);
	return [...store.findings, ...newer.flatMap(({ findings }) => findings)].filter(
		({ severity }) => severity === "error",
	);
}
