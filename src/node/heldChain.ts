import { fstatSync } from "node:fs";
import { FileError } from "../core/files";
import type { StoreFile } from "../core/snapshot/model";
import type { ChainSources } from "../core/snapshot/openImage";
import { descriptorSource, type FileSource } from "./fileSource";
import { chainSources, openInStore, openListed, type WholeChain } from "./openChain";
import { startsWith } from "./startsWith";

/** A file that is held open, as it was when it was listed. */
export interface HeldFile extends StoreFile {
	/** Of the process: any of its threads can read through it. */
	readonly fd: number;
	/**
	 * Of a log that a node goes on writing: the header it had. It may grow, and is the same log as long as it begins with
	 * this. Every other file must stay as it was listed.
	 */
	readonly logHeader?: Uint8Array | undefined;
}

/** The chain of a snapshot whose files are held open. It can be sent to another thread. */
export interface HeldChain extends WholeChain<HeldFile> {
	/** Id of the snapshot. */
	readonly snapshot: string;
}

/** A chain to be held: its files in order, base first. */
export interface ListedChain extends Omit<HeldChain, "base" | "wals"> {
	readonly files: readonly StoreFile[];
	/** See `HeldFile`; of the last file, the log of a live database. */
	readonly logHeader?: Uint8Array | undefined;
}

/** Holds files open until it is released. */
export interface Hold {
	readonly chain: HeldChain;
	/** Closes them. Nobody may be reading any more: another file could come by the same descriptor. */
	release(): void;
}

/**
 * Opens the files of a chain in a store's directory and holds them: what is deleted afterwards can still be read. Throws
 * `FileError`, with code `changed` where one is no longer what was listed; then nothing is left open.
 */
export function holdChain(directory: string, { files, logHeader, ...chain }: ListedChain): Hold {
	const open: FileSource[] = [];
	const release = () => {
		for (const source of open.splice(0)) source.close();
	};
	try {
		const held = files.map((file, position): HeldFile => {
			const isLog = logHeader !== undefined && position > 0;
			const source = isLog ? openInStore(directory, file.path) : openListed(directory, file);
			open.push(source);
			const heldFile = { ...file, fd: source.fd, ...(isLog ? { logHeader } : {}) };
			if (isLog) confirmHeld(heldFile);
			return heldFile;
		});
		const [base, ...wals] = held;
		if (base === undefined) throw new FileError("not-found", "", "The snapshot has no files to open.");
		return { chain: { ...chain, base, wals }, release };
	} catch (error) {
		release();
		throw error;
	}
}

/** A held chain as an image reads it, in whatever thread. */
export interface HeldSources extends ChainSources {
	readonly snapshot: string;
	/** Throws `FileError` with the code `changed` when a file has been written to since it was listed. */
	confirm(): void;
}

/** Makes a held chain ready to be read, as long as it is held. */
export async function openHeldChain(chain: HeldChain): Promise<HeldSources> {
	return {
		snapshot: chain.snapshot,
		...(await chainSources(chain, ({ fd, sizeBytes }) => descriptorSource(fd, sizeBytes))),
		confirm: () => [chain.base, ...chain.wals].forEach(confirmHeld),
	};
}

function confirmHeld({ fd, path, sizeBytes, modifiedAt, logHeader }: HeldFile): void {
	const { size, mtimeMs } = fstatSync(fd);
	const isSame =
		logHeader === undefined
			? size === sizeBytes && mtimeMs === modifiedAt
			: size >= sizeBytes && startsWith(descriptorSource(fd, size), logHeader);
	if (isSame) return;
	const message = `${path} changed since it was opened. Open the snapshot again; a node may be at work in the store.`;
	throw new FileError("changed", path, message);
}
