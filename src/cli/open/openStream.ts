import { FileError } from "../../core/files";
import { StreamError } from "../../core/stream/streamError";
import { visible } from "../../core/text";
import { openStreamImage } from "../../node/streamImage";
import { EXIT, Failure, notExact, oneLine } from "../failure";
import { type OpenSnapshot, PARTIAL } from "./openSnapshot";

/**
 * Opens the snapshot that a stream file holds, or throws a `Failure` that says what is wrong with the stream, and where.
 * With `allowDamaged` it goes as far as the last sound commit, and believes the files where only checksums speak against
 * them.
 */
export async function openStream(
	path: string,
	{ allowDamaged }: { readonly allowDamaged: boolean },
): Promise<OpenSnapshot> {
	try {
		const { image, report, faults, notes, partial, confirm, close } = await openStreamImage(path);
		if (!image || (faults.length > 0 && !allowDamaged)) {
			close();
			const orSo = image ? ", or restore what is sound with --allow-damaged" : "";
			throw notExact(visible(path), faults, `Take the stream again from its source${orSo}.`);
		}
		const upTo = partial ? PARTIAL : "Only checksums are wrong: all files of the stream are used as they are.";
		return {
			image,
			report,
			warnings: [...(faults.length > 0 ? [...faults, upTo] : []), ...notes],
			async confirm() {
				try {
					confirm();
				} catch (error) {
					throw inOwnWords(path, error);
				}
			},
			close,
		};
	} catch (error) {
		throw inOwnWords(path, error);
	}
}

function inOwnWords(path: string, error: unknown): unknown {
	if (error instanceof FileError) {
		switch (error.code) {
			case "not-a-file":
				return new Failure(EXIT.usage, `${visible(path)} is no file. Of a store name a snapshot too, or latest.`);
			case "unreadable": // or changed meanwhile
				return new Failure(EXIT.refused, oneLine(error));
			default:
				return new Failure(EXIT.usage, oneLine(error));
		}
	}
	if (!(error instanceof StreamError)) return error;
	const { code, message, offset } = error;
	const where = code === "incremental" ? "" : ` (byte ${offset})`;
	return new Failure(EXIT.refused, `${visible(path)} cannot be restored: ${message}${where}. ${adviceOn(code)}`);
}

function adviceOn(code: StreamError["code"]): string {
	switch (code) {
		case "incremental":
			return "Take the stream of a full snapshot.";
		case "stream-truncated":
		case "stream-too-long":
			return "Take the stream again from its source.";
		case "bad-stream":
			return "Name the file of a snapshot stream, or take it again from its source.";
		case "unsupported-version":
			return "A later version of this program may know it.";
	}
}
