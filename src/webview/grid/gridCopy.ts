import type { RowShape } from "../../engine/export/rowShape";
import { formatCount, t } from "../l10n";
import { copyRows } from "./copyRows";
import { gatherRows } from "./gatherRows";
import type { GridArea } from "./gridSelection";
import type { RowSource } from "./rowSource";

/** Rows between two looks at how far it is. */
const TELL_EVERY = 1000;

/** Copying a part of a grid: it can take a while, says how far it is and what came of it, and can be cancelled. */
export class GridCopy {
	/** For people; empty when there is nothing to say. */
	text = "";
	#running: AbortController | undefined;

	constructor(private readonly changed: () => void) {}

	get busy(): boolean {
		return this.#running !== undefined;
	}

	/** The text; `undefined` when it was cancelled. `columns`: positions in the result of those in the area. */
	async start(
		source: RowSource,
		area: GridArea,
		columns: readonly number[],
		shape: RowShape,
	): Promise<string | undefined> {
		this.cancel();
		const running = new AbortController();
		this.#running = running;
		const rows = gatherRows(source, { first: area.top, endExclusive: area.bottom + 1 }, running.signal);
		const {
			text,
			rows: count,
			clipped,
		} = await copyRows(rows, columns, shape, (done) => {
			if (done % TELL_EVERY === 0) this.#say(running, t("Copying: {0} rows; Escape cancels", formatCount(done)));
		});
		if (running.signal.aborted) return undefined;
		this.#say(running, resultText(count, clipped, area.bottom - area.top + 1));
		this.#running = undefined;
		return text;
	}

	/** Also forgets what was said. */
	cancel(): void {
		this.#running?.abort();
		this.#running = undefined;
		this.text = "";
		this.changed();
	}

	/** What was said is no longer about what is seen. */
	forget(): void {
		if (!this.busy) this.text = "";
	}

	#say(running: AbortController, text: string): void {
		if (running.signal.aborted) return;
		this.text = text;
		this.changed();
	}
}

function resultText(count: number, clipped: boolean, selected: number): string {
	if (clipped) {
		return t("Copied the first {0} of {1} rows: more is too large to copy", formatCount(count), formatCount(selected));
	}
	return count === 1 ? t("Copied 1 row") : t("Copied {0} rows", formatCount(count));
}
