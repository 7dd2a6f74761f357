import type { Cancellation } from "../core/files";
import type { SnapshotSource } from "./snapshotSource";

/** What takes a snapshot's stream. */
export interface StreamTarget<Closed> {
	write(bytes: Uint8Array): Promise<void>;
	close(): Promise<Closed>;
	cancel(): Promise<void>;
}

export interface SendOptions {
	readonly cancel?: Cancellation;
	/** Bytes of the stream sent so far. */
	readonly progress?: (sentBytes: number, totalBytes: number) => void;
}

const PIECE_SIZE = 1 << 20;

/**
 * Sends the stream of a snapshot as fast as it is taken, and closes the target when the source was not changed
 * meanwhile; answers what that answers. On any failure the target is cancelled. The source stays open.
 */
export async function sendSnapshot<Closed>(
	{ head, body, confirm }: SnapshotSource,
	target: StreamTarget<Closed>,
	{ cancel, progress }: SendOptions = {},
): Promise<Closed> {
	const totalBytes = head.byteLength + body.sizeBytes;
	try {
		await target.write(head);
		const buffer = new Uint8Array(Math.min(PIECE_SIZE, body.sizeBytes));
		for (let at = 0; at < body.sizeBytes; ) {
			cancel?.throwIfAborted();
			const piece = buffer.subarray(0, body.readInto(buffer, at));
			if (piece.byteLength === 0) break; // shorter than when it was opened, which `confirm` tells
			await target.write(piece);
			at += piece.byteLength;
			progress?.(head.byteLength + at, totalBytes);
		}
		confirm();
		cancel?.throwIfAborted();
		return await target.close();
	} catch (error) {
		await target.cancel();
		throw error;
	}
}
