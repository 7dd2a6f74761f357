import type { Row } from "../../protocol/values";
import type { RowSource } from "./rowSource";

/** Rows that are asked for together. */
const PIECE = 200;
/** A source that tells nothing for so long is asked again. */
const ASK_AGAIN_MS = 200;

/**
 * The rows of a source from `first` on, in order, fetched where they are not here. Ends early with the signal, and where
 * the source has fewer.
 */
export async function* gatherRows(
	source: RowSource,
	{ first, endExclusive }: { readonly first: number; readonly endExclusive: number },
	signal: AbortSignal,
): AsyncGenerator<Row, void, undefined> {
	for (let start = first; start < endExclusive; start += PIECE) {
		const end = Math.min(endExclusive, start + PIECE);
		for (let position = start; position < end; position++) {
			const row = source.row(position) ?? (await fetched(source, position, end, signal));
			if (row === undefined) return;
			yield row;
		}
	}
}

async function fetched(
	source: RowSource,
	position: number,
	endExclusive: number,
	signal: AbortSignal,
): Promise<Row | undefined> {
	for (;;) {
		if (signal.aborted || position >= source.rowCount) return undefined;
		source.want(position, endExclusive);
		await news(source);
		const row = source.row(position);
		if (row !== undefined) return row;
	}
}

/** Until the source has something to tell, and has done what it was about. */
function news(source: RowSource): Promise<void> {
	return new Promise((resolve) => {
		const told = (): void => {
			unwatch();
			clearTimeout(timer);
			setTimeout(resolve);
		};
		const unwatch = source.watch(told);
		const timer = setTimeout(told, ASK_AGAIN_MS);
	});
}
