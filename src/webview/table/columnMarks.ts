import type { BrowseSpec } from "../../protocol/browse";
import type { ColumnMark } from "../grid/gridHeader";

/** Which columns rows are filtered and sorted by, by name. */
export function columnMarks({
	filters,
	order,
}: Pick<BrowseSpec, "filters" | "order">): ReadonlyMap<string, ColumnMark> {
	const names = new Set([...filters, ...order].map(({ column }) => column));
	return new Map(
		[...names].map((name) => {
			const sort = order.find(({ column }) => column === name);
			const sorted = sort && (sort.descending ? "descending" : "ascending");
			return [name, { sorted, filtered: filters.some(({ column }) => column === name) }];
		}),
	);
}
