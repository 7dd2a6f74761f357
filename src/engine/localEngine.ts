import { createChecksums } from "../core/checksum/sidecar";
import { bytesSource } from "../core/files";
import { type ChainSource, type ChainSources, openImage } from "../core/snapshot/openImage";
import { unpackForImage } from "../core/snapshot/unpack";
import type {
	ChainBytes,
	EngineFunctions,
	NamedBytes,
	Opened,
	OpenOptions,
	QueryStarted,
	RowBatch,
} from "../protocol/engine";
import { RowWriter } from "../protocol/rows";
import type { Cursor } from "./cursor";
import { SnapshotDatabase } from "./snapshotDatabase";
import type { Sqlite } from "./sqlite";

/** A batch of rows is full when it has this many bytes. */
const BATCH_BYTES = 1 << 20;

/** An engine over bytes that were handed to it, for a worker's own use. */
export class LocalEngine implements EngineFunctions {
	readonly #sqlite: Promise<Sqlite>;
	readonly #cursors = new Map<number, Cursor>();
	#database: SnapshotDatabase | undefined;
	#lastCursor = 0;

	/** `sqlite`: may still be starting; when that fails, `open` says why. */
	constructor(sqlite: Promise<Sqlite>) {
		this.#sqlite = sqlite;
		sqlite.catch(() => {}); // told by `open`
	}

	async open({ snapshot, base, wals, pending, compacted }: ChainBytes, { allowDamaged }: OpenOptions): Promise<Opened> {
		const sqlite = await this.#sqlite;
		const sources: ChainSources = {
			base: await opened(base),
			wals: await Promise.all(wals.map(opened)),
			pending,
			compacted,
			checksums: wals.some(({ sidecar }) => sidecar) ? await createChecksums() : undefined,
		};
		const { image, report } = openImage(sources, snapshot);
		if (!image || (report.findings.length > 0 && !allowDamaged))
			return { state: "damaged", report, canOpen: image !== undefined };
		this.#database?.close();
		this.#database = new SnapshotDatabase(sqlite, image);
		return { state: "open", report, lazily: this.#database.lazily };
	}

	async schema() {
		return this.#opened().schema();
	}

	async countRows(name: string): Promise<number> {
		return this.#opened().countRows(name);
	}

	async query(sql: string): Promise<QueryStarted> {
		const cursor = this.#opened().query(sql);
		this.#cursors.set(++this.#lastCursor, cursor);
		return { cursor: this.#lastCursor, columns: cursor.columns };
	}

	async fetchRows(id: number, maxRows: number): Promise<RowBatch> {
		const cursor = this.#cursors.get(id);
		if (!cursor) throw new Error("The result is closed.");
		const writer = new RowWriter(cursor.columns.length);
		let rowCount = 0;
		try {
			while (rowCount < maxRows && writer.sizeBytes < BATCH_BYTES) {
				const row = cursor.next();
				if (!row) {
					this.#cursors.delete(id);
					return { rows: writer.take(), rowCount, done: true };
				}
				writer.add(row);
				rowCount++;
			}
		} catch (error) {
			this.#cursors.delete(id);
			throw error;
		}
		return { rows: writer.take(), rowCount, done: false };
	}

	async closeCursor(id: number): Promise<void> {
		this.#cursors.get(id)?.close();
		this.#cursors.delete(id);
	}

	#opened(): SnapshotDatabase {
		if (!this.#database) throw new Error("No snapshot is open.");
		return this.#database;
	}
}

async function opened({ bytes, ...file }: NamedBytes): Promise<ChainSource> {
	const source = bytesSource(bytes instanceof Uint8Array ? bytes : new Uint8Array(await bytes.arrayBuffer()));
	return unpackForImage(file, source);
}
