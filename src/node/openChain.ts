import { join } from "node:path";
import { checksumsFor } from "../core/checksum/sidecar";
import { type ByteSource, type Cancellation, FileError } from "../core/files";
import type { Chain, StoreFile } from "../core/snapshot/model";
import type { ChainSource, ChainSources } from "../core/snapshot/openImage";
import { isUnchanged } from "../core/snapshot/unchanged";
import { unpackForImage } from "../core/snapshot/unpack";
import { type FileSource, openFileSource } from "./fileSource";
import { nodeFiles } from "./nodeFiles";

/** The files of a chain, open for reading. Whoever opens them closes them. */
export interface OpenChain extends ChainSources {
	close(): void;
}

/** A chain that has its base. */
export interface WholeChain<File extends StoreFile> {
	readonly base: File;
	readonly wals: readonly File[];
	/** See `Chain`. */
	readonly pending: number;
	/** See `Generation`; not so where it is left out. */
	readonly compacted?: boolean | undefined;
}

/**
 * Opens the files of a chain in a store's directory. Each must still be what was listed: another size or time means
 * that a node is at work, and the chain may no longer be one. Throws `FileError`, and the reason of a cancellation; then
 * nothing is left open.
 */
export async function openChain(
	directory: string,
	{ base, wals, pending, compacted }: Chain,
	cancel?: Cancellation,
): Promise<OpenChain> {
	if (!base) throw new FileError("not-found", "", "The generation has no base.");
	const open: FileSource[] = [];
	const close = () => {
		for (const source of open) source.close();
	};
	const openOne = (file: StoreFile): FileSource => {
		const source = openListed(directory, file);
		open.push(source);
		return source;
	};
	try {
		return { ...(await chainSources({ base, wals, pending, compacted }, openOne, cancel)), close };
	} catch (error) {
		close();
		throw error;
	}
}

/**
 * The files of a chain as an image reads them, opened by `open` one after the other, base first. Throws what that throws,
 * and the reason of a cancellation.
 */
export async function chainSources<File extends StoreFile>(
	{ base, wals, pending, compacted }: WholeChain<File>,
	open: (file: File) => ByteSource,
	cancel?: Cancellation,
): Promise<ChainSources> {
	const openOne = (file: File): Promise<ChainSource> => unpackForImage(file, open(file), cancel);
	const checksums = await checksumsFor([base, ...wals]);
	const opened = await openOne(base);
	const logs: ChainSource[] = [];
	for (const wal of wals) logs.push(await openOne(wal));
	return { base: opened, wals: logs, pending, compacted, checksums };
}

/**
 * To be asked once all is read: throws `FileError` when the store in a directory makes a snapshot of other files now, see
 * `isUnchanged`.
 */
export async function confirmChain(directory: string, id: string, chain: Chain): Promise<void> {
	if (await isUnchanged(nodeFiles(directory), id, chain)) return;
	throw changed(chain.base?.path ?? chain.broken[0]?.path ?? "");
}

/**
 * Opens a file of a store as it was listed. Throws `FileError`, with code `changed` where it is another now.
 */
export function openListed(directory: string, file: StoreFile): FileSource {
	const source = openInStore(directory, file.path);
	if (source.sizeBytes === file.sizeBytes && source.modifiedAt === file.modifiedAt) return source;
	source.close();
	throw changed(file.path);
}

/** Opens a file of a store by its path there. Throws `FileError`. */
export function openInStore(directory: string, path: string): FileSource {
	return openFileSource(join(directory, ...path.split("/")), path);
}

/** What is thrown where a file of a store is another than was listed, or a snapshot is made of others. */
export function changed(path: string): FileError {
	const message = `${path} changed since the store was listed. Try again; a node may be at work in it.`;
	return new FileError("changed", path, message);
}
