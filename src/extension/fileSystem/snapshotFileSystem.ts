import { setImmediate } from "node:timers/promises";
import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { formatBytes } from "../../core/format/formatBytes";
import { findSnapshot, storeSnapshots } from "../../core/snapshot/catalog";
import { chainOf } from "../../core/snapshot/chain";
import type { Snapshot, Store } from "../../core/snapshot/model";
import { openImage } from "../../core/snapshot/openImage";
import type { PageImage } from "../../core/sqlite/image/pageImage";
import { holdSnapshot } from "../held/holdSnapshot";
import { openSnapshotChain } from "../held/snapshotChain";
import { Owner } from "../owner";
import { SnapshotGone } from "../panel/servedSnapshot";
import type { KnownStore } from "../stores/knownStore";
import type { KnownStores } from "../stores/knownStores";
import { Refusal } from "../writing/refusal";
import { type SnapshotPlace, snapshotPlace, snapshotUri } from "./snapshotUri";

const { t } = vscode.l10n;

/** VS Code reads a file as a whole: no larger database is handed out. */
export const MAX_BYTES = 512 << 20;

/** So much is read before the extension may do something else. */
const PIECE_SIZE = 8 << 20;

/** Databases whose size is remembered: an editor asks for it again and again. */
const SIZES_KEPT = 64;

type Found = { readonly store: KnownStore; readonly view: Store; readonly snapshot: Snapshot };

/**
 * The databases of snapshots as files of VS Code, read-only, for any editor and any extension: the bytes that a restore
 * would write. Nothing is written anywhere.
 */
export class SnapshotFileSystem extends Owner implements vscode.FileSystemProvider {
	/** A snapshot never changes. */
	readonly onDidChangeFile = this.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>()).event;
	/** Bytes, by address and what the files of the chain were. */
	readonly #sizes = new Map<string, number>();

	constructor(
		private readonly stores: KnownStores,
		private readonly maxBytes = MAX_BYTES,
	) {
		super();
	}

	watch(): vscode.Disposable {
		return new vscode.Disposable(() => {});
	}

	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		const place = this.#place(uri);
		if (place.kind === "root") return directory(0);
		if (place.kind === "store") {
			await this.#view(uri, place.store);
			return directory(0);
		}
		const found = await this.#find(uri, place);
		const { base, wals } = chainOf(found.view, found.snapshot);
		const files = base === undefined ? wals : [base, ...wals];
		const key = JSON.stringify([
			uri.path,
			files.map(({ path, sizeBytes, modifiedAt }) => [path, sizeBytes, modifiedAt]),
		]);
		const size = this.#sizes.get(key) ?? (await this.#withImage(uri, found, false, async (image) => image.sizeBytes));
		this.#sizes.delete(key);
		this.#sizes.set(key, size);
		for (const [oldest] of this.#sizes) if (this.#sizes.size > SIZES_KEPT) this.#sizes.delete(oldest);
		const time = found.snapshot.createdAt?.getTime() ?? Math.max(0, ...files.map(({ modifiedAt }) => modifiedAt));
		const permissions = vscode.FilePermission.Readonly;
		return { type: vscode.FileType.File, ctime: time, mtime: time, size, permissions };
	}

	async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
		const place = this.#place(uri);
		if (place.kind === "root") {
			const stores = await this.stores.all();
			return stores.map((store) => [encodeURIComponent(store.uri.toString()), vscode.FileType.Directory]);
		}
		if (place.kind === "snapshot") throw vscode.FileSystemError.FileNotADirectory(uri);
		const { store, view } = await this.#view(uri, place.store);
		return storeSnapshots(view).map(({ id }) => [
			snapshotUri(store.uri, id).path.split("/").at(-1) ?? "",
			vscode.FileType.File,
		]);
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		const place = this.#place(uri);
		if (place.kind !== "snapshot") throw vscode.FileSystemError.FileIsADirectory(uri);
		return this.#withImage(uri, await this.#find(uri, place), true, async (image) => {
			const bytes = new Uint8Array(image.sizeBytes);
			for (let at = 0; at < bytes.byteLength; at += PIECE_SIZE) {
				image.readInto(bytes.subarray(at, at + PIECE_SIZE), at);
				await setImmediate();
			}
			return bytes;
		});
	}

	createDirectory = refuse;
	writeFile = refuse;
	delete = refuse;
	rename = refuse;

	#place(uri: vscode.Uri): SnapshotPlace {
		return snapshotPlace(uri) ?? fail(uri);
	}

	async #view(uri: vscode.Uri, address: string): Promise<{ readonly store: KnownStore; readonly view: Store }> {
		const store = this.stores.at(parsed(address) ?? fail(uri));
		const view = await store.refresh();
		if (view.state !== "read") throw vscode.FileSystemError.FileNotFound(uri);
		return { store, view: view.store };
	}

	async #find(uri: vscode.Uri, { store: address, id }: Extract<SnapshotPlace, { kind: "snapshot" }>): Promise<Found> {
		const { store, view } = await this.#view(uri, address);
		const snapshot = findSnapshot(view, id);
		// An address is of one snapshot for good, which `latest` is not.
		if (snapshot?.id !== id) throw vscode.FileSystemError.FileNotFound(uri);
		return { store, view, snapshot };
	}

	/** Works on the database of a snapshot that is whole; `isRead`: its bytes are wanted, which must not be too many. */
	async #withImage<Result>(
		uri: vscode.Uri,
		{ store, snapshot }: Found,
		isRead: boolean,
		work: (image: PageImage) => Promise<Result>,
	): Promise<Result> {
		try {
			const held = await holdSnapshot(store, snapshot.id, false);
			try {
				const sources = await openSnapshotChain(held.source);
				const { image, report } = openImage(sources, snapshot.id, { checkBase: isRead });
				const [finding] = report.findings;
				if (image === undefined || finding !== undefined)
					throw new Refusal(finding?.message ?? t("There is no database."));
				if (isRead && image.sizeBytes > this.maxBytes) throw new Refusal(this.#tooLarge(image));
				const result = await work(image);
				sources.confirm?.();
				return result;
			} finally {
				held.release();
			}
		} catch (error) {
			if (error instanceof SnapshotGone) throw vscode.FileSystemError.FileNotFound(uri);
			if (error instanceof Refusal || error instanceof FileError)
				throw vscode.FileSystemError.Unavailable(error.message);
			throw error;
		}
	}

	#tooLarge({ sizeBytes }: PageImage): string {
		const [size, most] = [sizeBytes, this.maxBytes].map((bytes) => formatBytes(bytes, vscode.env.language));
		return t(
			"The database has {0}; more than {1} is not handed to editors. Restore the snapshot to a file, and open that.",
			size ?? "",
			most ?? "",
		);
	}
}

function parsed(address: string): vscode.Uri | undefined {
	try {
		return vscode.Uri.parse(address, true);
	} catch {
		return undefined; // others look for files of theirs, such as `/.git`
	}
}

function fail(uri: vscode.Uri): never {
	throw vscode.FileSystemError.FileNotFound(uri);
}

function directory(time: number): vscode.FileStat {
	return { type: vscode.FileType.Directory, ctime: time, mtime: time, size: 0 };
}

function refuse(uri: vscode.Uri): never {
	throw vscode.FileSystemError.NoPermissions(uri);
}
