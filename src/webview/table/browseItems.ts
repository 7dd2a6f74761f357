import type { FilterTest } from "../../protocol/browse";
import { encodeRow } from "../../protocol/rows";
import type { ForeignKey } from "../../protocol/structure";
import type { SqlValue } from "../../protocol/values";
import type { MenuPlace } from "../grid/gridMenu";
import { t } from "../l10n";
import type { MenuItem } from "../popMenu";

/** The column that a menu is opened on, and what can be done with the rows by it. */
export interface BrowsedColumn {
	readonly isSorted: boolean;
	/** Of the current cell; `undefined` while it is not here. */
	readonly value: SqlValue | undefined;
	/** That the current cell refers to something by. */
	readonly key: ForeignKey | undefined;
	sort(direction: "ascending" | "descending" | "none"): void;
	/** Asks for a test where none is given. */
	filter(test?: FilterTest): void;
	follow(): void;
}

/** The lines that a table's rows add to the grid's menu, from top to bottom. */
export function browseItems(column: BrowsedColumn, on: MenuPlace): readonly MenuItem[] {
	const { isSorted, value, key } = column;
	const items: MenuItem[] = [
		{ label: t("Sort ascending"), separated: true, run: () => column.sort("ascending") },
		{ label: t("Sort descending"), run: () => column.sort("descending") },
	];
	if (isSorted) items.push({ label: t("Remove sort"), run: () => column.sort("none") });
	if (on === "cell" && value !== undefined) {
		items.push({ label: t("Filter by this value"), run: () => column.filter(testOf(value)) });
	}
	items.push({ label: t("Filter…"), run: () => column.filter() });
	if (on === "cell" && key !== undefined) {
		items.push({ label: t("Follow to {0}", key.parent), keys: "Ctrl+Enter", run: () => column.follow() });
	}
	return items;
}

/** Nothing equals NULL. */
function testOf(value: SqlValue): FilterTest {
	return value === null ? { kind: "null" } : { kind: "is", value: encodeRow([value]) };
}
