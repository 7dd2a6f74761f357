import { checksumsFor } from "../core/checksum/sidecar";
import { bytesSource } from "../core/files";
import type { ChainSource } from "../core/snapshot/openImage";
import { unpackForImage } from "../core/snapshot/unpack";
import type { ChainBytes, NamedBytes } from "../protocol/engine";
import type { EngineSources } from "./localEngine";

/** The files of a chain as an engine reads them, over bytes that nobody changes. */
export async function openBytes({ snapshot, base, wals, pending, compacted }: ChainBytes): Promise<EngineSources> {
	return {
		snapshot,
		base: await opened(base),
		wals: await Promise.all(wals.map(opened)),
		pending,
		compacted,
		checksums: await checksumsFor(wals),
	};
}

async function opened({ bytes, ...file }: NamedBytes): Promise<ChainSource> {
	const source = bytesSource(bytes instanceof Uint8Array ? bytes : new Uint8Array(await bytes.arrayBuffer()));
	return unpackForImage(file, source);
}
