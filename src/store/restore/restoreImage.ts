import { basename } from "node:path";
import type { Cancellation } from "../../core/files";
import { type ChainSources, type OpenedImage, openImage } from "../../core/snapshot/openImage";
import { openStreamImage } from "../../node/streamImage";
import { streamErrorInStoreWords } from "../create/streamFile";
import type { Disk } from "../disk/disk";
import { temporaryBeside } from "../disk/putInPlace";
import { writeDatabaseFile } from "../disk/writeDatabaseFile";
import { findingError } from "../findingError";
import { StoreError } from "../storeError";

export interface RestoreOptions {
	readonly cancel?: Cancellation;
	/** Bytes of the database. */
	readonly progress?: (writtenBytes: number, totalBytes: number) => void;
}

export interface RestoreContext extends RestoreOptions {
	readonly disk: Disk;
	/** Asked once all bytes are written, before the file takes its name; where it rejects, it does not. */
	readonly confirm?: () => Promise<void>;
}

/** Writes the database that a base and its logs make, if all of them are sound. Answers its SHA-256. */
export async function restoreImage(sources: ChainSources, target: string, context: RestoreContext): Promise<string> {
	return restoreOpened(
		openImage(sources, basename(target), { cancel: context.cancel, checkBase: true }),
		target,
		context,
	);
}

async function restoreOpened(
	{ image, report }: OpenedImage,
	target: string,
	{ progress, ...options }: RestoreContext,
): Promise<string> {
	const [finding] = report.findings;
	if (finding) throw findingError(finding);
	if (!image) throw new Error("there is no image and no finding that says why");
	return writeDatabaseFile(image, target, {
		...options,
		...(progress && { progress: (writtenBytes: number) => progress(writtenBytes, image.sizeBytes) }),
	});
}

/** Writes the database that a full stream holds. The stream is kept beside the target until it is whole. */
export async function restoreStream(
	stream: AsyncIterable<Uint8Array>,
	target: string,
	context: RestoreContext,
): Promise<string> {
	const { disk, cancel } = context;
	const spool = temporaryBeside(target);
	try {
		const file = await disk.createFile(spool);
		try {
			let writtenBytes = 0;
			for await (const bytes of stream) {
				cancel?.throwIfAborted();
				await file.write(bytes, writtenBytes);
				writtenBytes += bytes.byteLength;
			}
		} finally {
			await file.close();
		}
		return await restoreStreamFile(spool, target, context);
	} finally {
		await disk.removeFile(spool);
	}
}

/** Writes the database that a full stream in a file holds. */
async function restoreStreamFile(path: string, target: string, context: RestoreContext): Promise<string> {
	const stream = await openStreamImage(path, context.cancel).catch((error: unknown) => {
		throw streamErrorInStoreWords(path, error);
	});
	try {
		const [fault] = stream.faults;
		if (fault !== undefined && stream.report.findings.length === 0) throw new StoreError("damaged", path, fault);
		return await restoreOpened(stream, target, context);
	} finally {
		stream.close();
	}
}
