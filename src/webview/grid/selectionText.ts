import { formatCount, t } from "../l10n";
import { cellCount, type GridArea } from "./gridSelection";
import type { RowSource } from "./rowSource";
import { numbersIn } from "./selectionSummary";

/** How many cells are selected, and what their numbers come to; nothing of one cell. `columns`: by place. */
export function selectionText(source: RowSource, area: GridArea, columns: readonly number[]): string {
	if (cellCount(area) < 2) return "";
	const cells = t("{0} cells", formatCount(cellCount(area)));
	const found = numbersIn(source, area, columns);
	if (found === undefined || found.numbers < 2) return cells;
	const { numbers, sum, min, max } = found;
	const of = t("{0} numbers: sum {1}, least {2}, greatest {3}", formatCount(numbers), sum, min, max);
	return `${cells} · ${of}`;
}
