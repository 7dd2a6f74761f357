import type { Files } from "../files";
import type { StoreFile } from "../snapshot/model";

/** Times of files move in ticks of up to 10 ms on Linux; some file systems keep whole seconds alone. */
const TICK_MS = 50;
const WHOLE_SECOND_MS = 2000;

/**
 * A file with a time that its next change will not bear again: one written a moment ago is looked at once more after a
 * pause. `undefined` when it was another by then.
 */
export async function settledStat(
	files: Files,
	file: StoreFile,
	pause: (milliseconds: number) => Promise<void>,
): Promise<StoreFile | undefined> {
	const { path, sizeBytes, modifiedAt } = file;
	const tick = modifiedAt % 1000 === 0 ? WHOLE_SECOND_MS : TICK_MS;
	if (Math.abs(Date.now() - modifiedAt) > tick) return file;
	await pause(tick);
	const now = await files.stat(path);
	return now?.kind === "file" && now.sizeBytes === sizeBytes && now.modifiedAt === modifiedAt ? file : undefined;
}
