import { ColumnLayout } from "./columnLayout";

/** Results whose layouts are remembered. */
const MAX_LAYOUTS = 100;

/** The layouts of results with the same columns, while the page is open. */
export class ColumnLayouts {
	/** By the columns' names, least recently used first. */
	readonly #layouts = new Map<string, ColumnLayout>();

	of(columns: readonly string[]): ColumnLayout {
		return this.#layouts.get(JSON.stringify(columns)) ?? ColumnLayout.of(columns.length);
	}

	keep(columns: readonly string[], layout: ColumnLayout): void {
		const key = JSON.stringify(columns);
		this.#layouts.delete(key);
		this.#layouts.set(key, layout);
		const [oldest] = this.#layouts.keys();
		if (this.#layouts.size > MAX_LAYOUTS && oldest !== undefined) this.#layouts.delete(oldest);
	}
}
