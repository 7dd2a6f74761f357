import { nameText } from "../drawText";
import { t } from "../l10n";
import type { MenuItem } from "../popMenu";
import { COPY_FORMATS, type CopyFormat } from "./copyShapes";
import type { GridActions } from "./gridActions";

/** What a menu is opened on: then it is about a cell, or about its column alone. */
export type MenuPlace = "cell" | "header";
/** The lines that whoever has the rows adds. */
export type MoreItems = (on: MenuPlace) => readonly MenuItem[];

const MAX_NAME_CHARACTERS = 40;

/** The lines of the menu on the current cell, from top to bottom. `columns` shows which columns there are. */
export function gridMenu(actions: GridActions, more: readonly MenuItem[], columns: () => void): readonly MenuItem[] {
	const name = nameText(actions.column, MAX_NAME_CHARACTERS);
	return [
		{ label: t("Show whole value"), keys: "Enter", run: () => actions.open() },
		...copyItems((format) => void actions.copy(format)).map((item, at) => ({ ...item, separated: at === 0 })),
		...more,
		{ label: t("Select row"), keys: "Shift+Space", separated: true, run: () => actions.select("rows") },
		{ label: t("Select column"), keys: "Ctrl+Space", run: () => actions.select("columns") },
		{ label: t("Select all"), keys: "Ctrl+A", run: () => actions.select("all") },
		actions.isPinned
			? { label: t('Let "{0}" scroll', name), separated: true, run: () => actions.pin(false) }
			: { label: t('Keep "{0}" at the left', name), separated: true, run: () => actions.pin(true) },
		{ label: t('Move "{0}" left', name), keys: "Alt+Shift+←", run: () => actions.move(-1) },
		{ label: t('Move "{0}" right', name), keys: "Alt+Shift+→", run: () => actions.move(1) },
		{ label: t('Fit the width of "{0}"', name), keys: "Alt+← →", run: () => actions.fit() },
		{ label: t('Hide "{0}"', name), run: () => actions.hide() },
		{ label: t("Columns…"), run: () => columns() },
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
