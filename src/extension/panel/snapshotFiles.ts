import { FileError, type Files } from "../../core/files";
import type { StoreFile } from "../../core/snapshot/model";
import { visible } from "../../core/text";
import { MAX_PIECE } from "../../protocol/page";

/** The page asked for something it may not have, or that is no longer what it was. */
export class PieceError extends Error {
	override readonly name = "PieceError";
	constructor(
		readonly code: "not-offered" | "changed" | "vanished",
		message: string,
	) {
		super(message);
	}
}

/** The files that a page was told of, and none but those: it names one by its position. */
export class SnapshotFiles {
	constructor(
		private readonly files: Files,
		readonly offered: readonly StoreFile[],
		/** Whether they are still what was offered, asked after each piece; by default the size and time of its file tell. */
		private readonly isStill: (file: StoreFile) => Promise<boolean> = (file) => isUntouched(files, file),
	) {}

	/** `[offset, offset + length)` of a file, as long as it is the one that was offered. */
	async read(position: unknown, offset: unknown, length: unknown): Promise<Uint8Array> {
		const file = typeof position === "number" ? this.offered[position] : undefined;
		if (file === undefined) throw new PieceError("not-offered", "The page asked for a file that it was not offered.");
		if (!isPlace(offset) || !isPlace(length) || length > MAX_PIECE || offset + length > file.sizeBytes) {
			throw new PieceError("not-offered", `The page asked for a piece that ${visible(file.path)} does not have.`);
		}
		try {
			const bytes = await this.files.read(file.path, offset, length);
			// Looked at afterwards: whatever changed before or while the piece was read has changed the file by now.
			if (!(await this.isStill(file))) {
				throw new PieceError("changed", `${visible(file.path)} changed while it was read. Open the snapshot again.`);
			}
			return bytes;
		} catch (error) {
			throw error instanceof FileError && error.code === "not-found" ? vanished(file) : error;
		}
	}
}

async function isUntouched(files: Files, file: StoreFile): Promise<boolean> {
	const now = await files.stat(file.path);
	if (now === undefined) throw vanished(file);
	return now.kind === "file" && now.sizeBytes === file.sizeBytes && now.modifiedAt === file.modifiedAt;
}

function isPlace(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

function vanished({ path }: StoreFile): PieceError {
	return new PieceError("vanished", `${visible(path)} is no longer in the store.`);
}
