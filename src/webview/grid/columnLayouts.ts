import { type KeptLayout, MAX_LAYOUT_NAME } from "../../protocol/columnLayouts";
import { ColumnLayout } from "./columnLayout";
import type { RowSource } from "./rowSource";

/** Results whose layouts are remembered. */
const MAX_LAYOUTS = 100;

type Columns = Pick<RowSource, "table" | "columns">;

/** The layouts of tables, and of queries with the same columns: those of the page, and those that the store has kept. */
export class ColumnLayouts {
	/** By what they are of, least recently used first. */
	readonly #layouts = new Map<string, ColumnLayout>();
	/** Those that are not kept yet. */
	readonly #unkept = new Set<string>();
	#keep: ((layout: KeptLayout) => Promise<void>) | undefined;
	#isKeeping = false;

	of(result: Columns): ColumnLayout {
		const count = result.columns.length;
		const layout = this.#layouts.get(nameOf(result));
		return layout?.count === count ? layout : ColumnLayout.of(count);
	}

	set(result: Columns, layout: ColumnLayout): void {
		const name = nameOf(result);
		this.#put(name, layout);
		if (name.length > MAX_LAYOUT_NAME) return;
		this.#unkept.add(name);
		void this.#keepAll();
	}

	/** Begins with what was kept, the last first; `keep` is given what changes from now on, the same one not twice at once. */
	connect(kept: readonly KeptLayout[], keep: (layout: KeptLayout) => Promise<void>): void {
		for (const { of, columns } of kept.toReversed()) this.#put(of, ColumnLayout.arranged(columns));
		this.#keep = keep;
	}

	#put(name: string, layout: ColumnLayout): void {
		this.#layouts.delete(name);
		this.#layouts.set(name, layout);
		const [oldest] = this.#layouts.keys();
		if (this.#layouts.size > MAX_LAYOUTS && oldest !== undefined) this.#layouts.delete(oldest);
	}

	/** An edge that is dragged gives many layouts: while one is on its way, the last of the others waits. */
	async #keepAll(): Promise<void> {
		if (this.#isKeeping) return;
		this.#isKeeping = true;
		for (const name of this.#unkept) {
			this.#unkept.delete(name);
			const layout = this.#layouts.get(name);
			if (layout === undefined) continue;
			await this.#keep?.({ of: name, columns: layout.arrangement }).catch(() => {}); // It holds in this page all the same.
		}
		this.#isKeeping = false;
	}
}

/** Those of the page. */
export const layouts = new ColumnLayouts();

function nameOf({ table, columns }: Columns): string {
	return JSON.stringify(table === undefined ? [columns] : [columns, table]);
}
