/** How somebody arranged the columns of a result. Columns are positions in it. */
export interface ArrangedColumns {
	/** All of them, from left to right. */
	readonly order: readonly number[];
	readonly hidden: readonly number[];
	/** Those that stay at the left. */
	readonly pinned: readonly number[];
	/** Columns and their widths in pixels, where somebody chose one. */
	readonly widths: readonly (readonly [number, number])[];
}

/** A layout under the name of what it is of: a table's or a query's columns. */
export interface KeptLayout {
	readonly of: string;
	readonly columns: ArrangedColumns;
}

/** Of what a layout is of: longer ones are not kept over a reload. */
export const MAX_LAYOUT_NAME = 20_000;

/** What the page asks of the extension about them. */
export interface HostLayoutFunctions {
	/** Keeps a layout for every page of the store that is opened from now on. */
	keepLayout(layout: KeptLayout): Promise<void>;
}

/** What a page sent, or VS Code kept, as a layout; `undefined` when it is none. */
export function parseLayout(value: unknown): KeptLayout | undefined {
	const { of, columns } = fieldsOf(value);
	const { order, hidden, pinned, widths } = fieldsOf(columns);
	if (typeof of !== "string" || of.length > MAX_LAYOUT_NAME || !isList(order, isColumn)) return undefined;
	if (!isList(hidden, isColumn) || !isList(pinned, isColumn) || !isList(widths, isWidth)) return undefined;
	const isOrder = new Set(order).size === order.length && order.every((column) => column < order.length);
	return isOrder ? { of, columns: { order, hidden, pinned, widths } } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isList<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is readonly Item[] {
	return Array.isArray(value) && value.every(isItem);
}

function isColumn(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0;
}

function isWidth(value: unknown): value is readonly [number, number] {
	return Array.isArray(value) && value.length === 2 && isColumn(value[0]) && Number(value[1]) > 0;
}
