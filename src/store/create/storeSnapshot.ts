import { joinPath } from "../../core/files";
import { FormatError } from "../../core/formatError";
import { readStore } from "../../core/snapshot/catalog";
import { chainOf } from "../../core/snapshot/chain";
import type { Snapshot } from "../../core/snapshot/model";
import { type OpenedImage, openImage } from "../../core/snapshot/openImage";
import { compareSnapshotIds, parseSnapshotId } from "../../core/snapshot/snapshotId";
import { readHead } from "../../core/sqlite/btree/databaseHead";
import type { NamedSource } from "../../core/sqlite/image/pageImage";
import { parseWalHeader, WAL_HEADER_SIZE } from "../../core/sqlite/wal/header";
import type { Finding } from "../../core/verify/finding";
import { nodeFiles } from "../../node/nodeFiles";
import { openChain } from "../../node/openChain";
import { checkReal } from "../checkReal";
import type { Disk } from "../disk/disk";
import { nativePath } from "../nativePath";
import { StoreError, type StoreErrorCode } from "../storeError";
import { nextGeneration } from "./generationName";
import type { NewMeta } from "./metaText";
import { makeNewDirectory, metaSource } from "./newDirectory";
import { openStreamFile, type StreamFile } from "./streamFile";

export interface Arrival {
	readonly disk: Disk;
	/** Of the store. */
	readonly directory: string;
	/** The file that the whole stream is in. */
	readonly stream: string;
	readonly meta: Omit<NewMeta, "full">;
}

/**
 * Makes a listed snapshot of a stream that has arrived, under the store's lock. When the promise resolves the snapshot
 * is durable; when it rejects the store is as it was. Throws `StoreError`.
 */
export async function storeSnapshot(arrival: Arrival): Promise<void> {
	const contents = openStreamFile(arrival.stream);
	try {
		if (contents.kind === "full") await storeFull(arrival, contents);
		else await storeIncremental(arrival, contents.wal);
	} finally {
		contents.close();
	}
}

type FullStream = Extract<StreamFile, { kind: "full" }>;

/** A generation of its own; its base is the database with all its WALs checkpointed. */
async function storeFull({ disk, directory, stream, meta }: Arrival, { base, wals }: FullStream): Promise<void> {
	const { image, report } = openImage({ base, wals, pending: 0 }, meta.id);
	for (const wal of wals) checkPageSize(wal, report.pageSize, stream);
	const [finding] = report.findings;
	if (finding || !image) throw refused("damaged", stream, finding?.message ?? "it holds no database");
	await checkReal(directory, "generations");
	const name = nextGeneration(await readStore(nodeFiles(directory)));
	await makeNewDirectory(disk, directory, {
		path: joinPath("generations", name),
		directories: [meta.id],
		files: [
			{ path: "base.sqlite", source: image },
			{ path: joinPath(meta.id, "meta.json"), source: metaSource({ ...meta, full: true }) },
		],
	});
}

/** The next of the newest generation's snapshots, as long as nothing proves that it does not follow from them. */
async function storeIncremental({ disk, directory, stream, meta }: Arrival, wal: NamedSource): Promise<void> {
	const store = await readStore(nodeFiles(directory));
	const generation = store.generations.at(-1);
	const newest = generation?.snapshots.at(-1);
	if (!generation?.base || !newest) {
		const at = nativePath(directory, generation?.path ?? "generations");
		throw new StoreError("full-needed", at, `${at} has no snapshot to follow. Send a full snapshot.`);
	}
	requireNewest(newest, meta.id, nativePath(directory, newest.path));
	await checkReal(directory, generation.base.path);
	const chain = chainOf(store, newest);
	const [broken] = chain.broken;
	if (broken) throw damaged(directory, broken);
	const files = await openChain(directory, chain);
	try {
		requireSound(openImage({ ...files, wals: [...files.wals, wal] }, meta.id), wal, { directory, stream });
		await makeNewDirectory(disk, directory, {
			path: joinPath(generation.path, meta.id),
			directories: [],
			files: [
				{ path: "wal", source: wal.source },
				{ path: "meta.json", source: metaSource({ ...meta, full: false }) },
			],
		});
	} finally {
		files.close();
	}
}

function requireNewest(newest: Snapshot, id: string, path: string): void {
	const [before, after] = [parseSnapshotId(newest.id), parseSnapshotId(id)];
	if (before && after && compareSnapshotIds(before, after) < 0) return;
	throw new StoreError(
		"out-of-order",
		path,
		`The snapshot was refused: ${id} would not come after ${newest.id}, the newest one. Send a full snapshot, or one of a later term or index.`,
	);
}

/** Checks the image of the chain so far with the new log as its last one. */
function requireSound(
	{ image, report }: OpenedImage,
	wal: NamedSource,
	at: { directory: string; stream: string },
): void {
	const [finding] = report.findings;
	// Damage before the new log is the store's own; the log has not been looked at then.
	if (finding && !report.wals.at(-1)?.end) throw damaged(at.directory, finding);
	checkPageSize(wal, report.pageSize, at.stream);
	const head = image && !finding ? readHead(image) : undefined;
	if (head && "problem" in head) {
		const why = `with ${wal.path} the database ${head.problem}: the log is that of another database, or one before it is missing`;
		throw refused("wal-does-not-follow", at.stream, `${why}.`);
	}
	if (!finding) return;
	const { code, message } = finding;
	const isSound = code === "image-incomplete" || code === "wal-out-of-sequence";
	throw refused(isSound ? "wal-does-not-follow" : "damaged", at.stream, message);
}

function checkPageSize(wal: NamedSource, pageSize: number, stream: string): void {
	const bytes = new Uint8Array(WAL_HEADER_SIZE);
	if (wal.source.readInto(bytes, 0) < WAL_HEADER_SIZE) return;
	try {
		const header = parseWalHeader(bytes);
		if (header.pageSize === pageSize || pageSize === 0) return;
		throw refused(
			"page-size-mismatch",
			stream,
			`the pages of ${wal.path} have ${header.pageSize} bytes, those of its database ${pageSize}.`,
		);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error; // a damaged header, which the image's findings tell
	}
}

function refused(code: StoreErrorCode, stream: string, why: string): StoreError {
	return new StoreError(code, stream, `The snapshot was refused, and the store is as it was: ${why}`);
}

function damaged(directory: string, { path, message }: Finding): StoreError {
	return new StoreError(
		"damaged",
		nativePath(directory, path),
		`The snapshot was refused, because the one it follows is damaged: ${message} Send a full snapshot.`,
	);
}
