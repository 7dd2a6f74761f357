import { css } from "lit";

/** In CSS pixels. */
export interface WindowPoint {
	readonly x: number;
	readonly y: number;
}

/** Of the window's edges, to what pops up. */
const MARGIN_PX = 8;

/** Puts an element with the class `pop` at a point of the window, as a whole in view. */
export function placePop(element: HTMLElement, { x, y }: WindowPoint): void {
	const { width, height } = element.getBoundingClientRect();
	const within = (at: number, roomPx: number) => `${Math.max(MARGIN_PX, Math.min(at, roomPx - MARGIN_PX))}px`;
	element.style.setProperty("left", within(x, innerWidth - width));
	element.style.setProperty("top", within(y, innerHeight - height));
}

/** What pops up over the page. */
export const popStyles = css`
	.pop {
		--pop-border: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
		position: fixed;
		z-index: 10;
		max-width: calc(100vw - 16px);
		max-height: calc(100vh - 16px);
		border: 1px solid var(--vscode-menu-border, var(--pop-border));
		background: var(--vscode-menu-background, var(--vscode-editor-background));
		color: var(--vscode-menu-foreground, var(--vscode-foreground));
		box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
	}
`;
