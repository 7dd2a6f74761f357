import { FileError } from "../../core/files";
import { holdChain } from "../../node/heldChain";
import type { ChainBytes, NamedBytes } from "../../protocol/engine";
import type { SnapshotDescription } from "../../protocol/page";
import { openerAt } from "../filesAt";
import { type Served, servedOf } from "../panel/served";
import { ServedLive } from "../panel/servedLive";
import type { KnownStore } from "../stores/knownStore";
import { Refusal } from "../writing/refusal";
import type { SnapshotChain } from "./snapshotChain";

/** The files of a snapshot, to be read beside its page. */
export interface HeldSnapshot {
	readonly source: SnapshotChain;
	/** To be called once nobody reads them any more. */
	release(): void;
}

/**
 * Holds the files of a snapshot open, or reads them where Node cannot reach them.
 *
 * @param partial Whether a snapshot whose chain lacks files is wanted up to the first of them. Throws `Refusal`,
 * `FileError` and `SnapshotGone`.
 */
export async function holdSnapshot(store: KnownStore, id: string, partial: boolean): Promise<HeldSnapshot> {
	const served = servedOf(store, id);
	const description = await served.describe();
	if (description.files.length === 0 || (description.upTo !== id && !partial)) {
		throw new Refusal(description.findings[0]?.message ?? `Snapshot ${id} is not whole.`);
	}
	if (store.uri.scheme !== "file")
		return { source: { kind: "bytes", chain: await readBytes(store, description) }, release() {} };
	const { directory, logHeader } = placeOf(store, served);
	const { files, pending, compacted } = description;
	const { chain, release } = holdChain(directory, { snapshot: id, files, pending, compacted, logHeader });
	return { source: { kind: "held", chain }, release };
}

function placeOf(store: KnownStore, served: Served) {
	return served instanceof ServedLive ? served.hold() : { directory: store.uri.fsPath, logHeader: undefined };
}

/** The files as wholes. */
async function readBytes(
	store: KnownStore,
	{ id, files, pending, compacted }: SnapshotDescription,
): Promise<ChainBytes> {
	const open = openerAt(store.uri, store.files);
	const read: NamedBytes[] = [];
	for (const file of files) {
		const source = await open(file);
		const bytes = new Uint8Array(source.sizeBytes);
		source.readInto(bytes, 0);
		source.close();
		read.push({ path: file.path, bytes, sidecar: file.sidecar, packing: file.packing });
	}
	const [base, ...wals] = read;
	if (base === undefined) throw new FileError("not-found", "", "The snapshot has no files to read.");
	return { snapshot: id, base, wals, pending, compacted };
}
