import { t } from "../l10n";
import type { MenuItem } from "../popMenu";
import { visibleText } from "../visibleText";
import { COPY_FORMATS, type CopyFormat } from "./copyShapes";
import type { SelectionExtent } from "./gridSelection";

/** The current cell, and what can be done with it, its column and the selection. */
export interface GridMenu {
	/** Name of its column. */
	readonly column: string;
	readonly isPinned: boolean;
	copy(format: CopyFormat): void;
	open(): void;
	select(extent: SelectionExtent): void;
	hide(): void;
	pin(isPinned: boolean): void;
	move(by: 1 | -1): void;
	fit(): void;
	/** Shows which columns there are. */
	columns(): void;
}

const MAX_NAME_CHARACTERS = 40;

/** The lines of the menu on a cell, from top to bottom. */
export function gridMenu(menu: GridMenu): readonly MenuItem[] {
	const name = nameText(menu.column);
	return [
		{ label: t("Show whole value"), keys: "Enter", run: () => menu.open() },
		...copyItems((format) => menu.copy(format)).map((item, at) => ({ ...item, separated: at === 0 })),
		{ label: t("Select row"), keys: "Shift+Space", separated: true, run: () => menu.select("rows") },
		{ label: t("Select column"), keys: "Ctrl+Space", run: () => menu.select("columns") },
		{ label: t("Select all"), keys: "Ctrl+A", run: () => menu.select("all") },
		menu.isPinned
			? { label: t("Let {0} scroll", name), separated: true, run: () => menu.pin(false) }
			: { label: t("Keep {0} at the left", name), separated: true, run: () => menu.pin(true) },
		{ label: t("Move {0} left", name), keys: "Alt+Shift+←", run: () => menu.move(-1) },
		{ label: t("Move {0} right", name), keys: "Alt+Shift+→", run: () => menu.move(1) },
		{ label: t("Fit the width of {0}", name), keys: "Alt+← →", run: () => menu.fit() },
		{ label: t("Hide {0}", name), run: () => menu.hide() },
		{ label: t("Columns…"), run: () => menu.columns() },
	];
}

/** A line for each format. */
export function copyItems(copy: (format: CopyFormat) => void): readonly MenuItem[] {
	return COPY_FORMATS.map((format) => ({
		label: copyLabel(format),
		...(format === "text" ? { keys: "Ctrl+C" } : {}),
		run: () => copy(format),
	}));
}

function copyLabel(format: CopyFormat): string {
	switch (format) {
		case "text":
			return t("Copy");
		case "csv":
			return t("Copy as CSV");
		case "json":
			return t("Copy as JSON");
		case "sql":
			return t("Copy as SQL");
		case "markdown":
			return t("Copy as Markdown");
		default:
			return format satisfies never;
	}
}

function nameText(name: string): string {
	const text = visibleText(name.slice(0, MAX_NAME_CHARACTERS))
		.map((part) => part.text)
		.join("");
	return name.length > MAX_NAME_CHARACTERS ? `${text}…` : text;
}
