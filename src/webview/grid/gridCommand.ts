import { type GridPosition, type GridSize, moveInGrid } from "./gridPosition";

/** What a key asks of the grid. */
export type GridCommand =
	| { readonly name: "move"; readonly to: GridPosition; readonly extend: boolean }
	| { readonly name: "move-column"; readonly by: 1 | -1 }
	| { readonly name: "resize-column"; readonly by: 1 | -1 }
	| {
			readonly name: "copy" | "open" | "menu" | "select-rows" | "select-columns" | "select-all" | "clear";
	  };

/** A key as the keyboard event describes it; `ctrl` is Command on a Mac too. */
export interface PressedKey {
	readonly key: string;
	readonly ctrl: boolean;
	readonly shift: boolean;
	readonly alt: boolean;
}

/** `undefined` for a key that means nothing here. */
export function gridCommand(pressed: PressedKey, from: GridPosition, size: GridSize): GridCommand | undefined {
	const { key, ctrl, shift, alt } = pressed;
	if (alt) return ctrl ? undefined : columnCommand(key, shift);
	if (key === "ContextMenu" || (key === "F10" && shift)) return { name: "menu" };
	if (ctrl && !shift && key.toLowerCase() === "c") return { name: "copy" };
	if (ctrl && !shift && key.toLowerCase() === "a") return { name: "select-all" };
	if (key === " " && ctrl !== shift) return { name: ctrl ? "select-columns" : "select-rows" };
	if (key === "Enter" && !ctrl && !shift) return { name: "open" };
	if (key === "Escape") return { name: "clear" };
	const to = moveInGrid(from, { key, ctrl }, size);
	return to === undefined ? undefined : { name: "move", to, extend: shift };
}

function columnCommand(key: string, shift: boolean): GridCommand | undefined {
	if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
	return { name: shift ? "move-column" : "resize-column", by: key === "ArrowLeft" ? -1 : 1 };
}
