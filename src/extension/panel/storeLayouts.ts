import { type KeptLayout, parseLayout } from "../../protocol/columnLayouts";
import type { Kept } from "../queries/kept";

/** Layouts that are kept of a store at most. */
const MAX_LAYOUTS = 100;

/** How the columns of each store's tables were arranged, those of last first. */
export class StoreLayouts {
	constructor(private readonly kept: Kept) {}

	/** `store`: its URI. */
	of(store: string): readonly KeptLayout[] {
		const value = this.kept.get(keyOf(store));
		return Array.isArray(value) ? value.map(parseLayout).filter((layout) => layout !== undefined) : [];
	}

	/** Keeps a layout in place of the one of the same. Throws when it is none. */
	async keep(store: string, sent: unknown): Promise<void> {
		const layout = parseLayout(sent);
		if (layout === undefined) throw new TypeError("this is no layout of columns");
		const others = this.of(store).filter((other) => other.of !== layout.of);
		await this.kept.update(keyOf(store), [layout, ...others].slice(0, MAX_LAYOUTS));
	}
}

function keyOf(store: string): string {
	return `columnLayouts ${store}`;
}
