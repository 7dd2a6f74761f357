import { formatReal } from "../../core/format/formatReal";
import type { SqlValue } from "../../core/sqlValue";
import type { GridArea } from "./gridSelection";
import type { RowSource } from "./rowSource";

/** What the numbers among selected cells come to, in digits. */
export interface NumbersSummary {
	readonly numbers: number;
	readonly sum: string;
	readonly min: string;
	readonly max: string;
}

/** Cells that are looked at at most. */
const MAX_CELLS = 100_000;

/**
 * Of the cells in an area whose rows are all here; `undefined` where they are not, or are too many, or hold no number.
 * A sum of integers alone is exact. `columns`: by place.
 */
export function numbersIn(source: RowSource, area: GridArea, columns: readonly number[]): NumbersSummary | undefined {
	if ((area.bottom - area.top + 1) * (area.right - area.left + 1) > MAX_CELLS) return undefined;
	const selected = columns.slice(area.left, area.right + 1);
	const numbers: (bigint | number)[] = [];
	for (let position = area.top; position <= area.bottom; position++) {
		const row = source.row(position);
		if (row === undefined) return undefined;
		for (const column of selected) {
			const value = row[column] ?? null;
			if (isNumber(value)) numbers.push(value);
		}
	}
	const [first] = numbers;
	if (first === undefined) return undefined;
	let [min, max] = [first, first];
	for (const number of numbers) {
		if (number < min) min = number;
		if (number > max) max = number;
	}
	return { numbers: numbers.length, sum: sumOf(numbers), min: digits(min), max: digits(max) };
}

function sumOf(numbers: readonly (bigint | number)[]): string {
	let integers = 0n;
	let reals = 0;
	let isExact = true;
	for (const number of numbers) {
		if (typeof number === "bigint") integers += number;
		else {
			reals += number;
			isExact = false;
		}
	}
	return isExact ? digits(integers) : digits(Number(integers) + reals);
}

function isNumber(value: SqlValue): value is bigint | number {
	return typeof value === "bigint" || typeof value === "number";
}

function digits(value: bigint | number): string {
	return typeof value === "bigint" ? value.toString() : formatReal(value);
}
