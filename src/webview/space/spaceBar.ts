import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { SpaceRow } from "./spaceRows";

const WIDTH = 200;
const HEIGHT = 14;
const LEAST_WIDTH = 2;

/** A bar as long as its share of the largest: what is stored filled, unused room of its pages empty. The row says it in numbers. */
export function drawSpaceBar(row: SpaceRow, largest: number): TemplateResult {
	const width = Math.max(LEAST_WIDTH, (row.bytes / largest) * WIDTH);
	const free = "space" in row ? row.space.freeBytes : row.kind === "free" ? row.bytes : 0;
	const filled = width * (1 - Math.min(1, free / Math.max(1, row.bytes)));
	return html`<svg class="bar ${row.kind}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
		${filled > 0 ? svg`<rect class="stored" x="0.5" y="1" width=${filled} height=${HEIGHT - 2}></rect>` : nothing}
		<rect class="whole" x="0.5" y="1" width=${Math.max(1, width - 1)} height=${HEIGHT - 2}></rect>
	</svg>`;
}

export const spaceBarStyles = css`
	.bar {
		display: block;
		width: 100%;
		min-width: 100px;
		height: 14px;
	}
	.bar-column {
		width: 40%;
	}
	.bar .whole {
		fill: none;
		stroke: var(--vscode-charts-blue, #3794ff);
		vector-effect: non-scaling-stroke;
	}
	.bar .stored {
		fill: var(--vscode-charts-blue, #3794ff);
	}
	.bar.index .whole {
		stroke: var(--vscode-charts-purple, #b180d7);
	}
	.bar.index .stored {
		fill: var(--vscode-charts-purple, #b180d7);
	}
	.bar:is(.free, .pointer-map, .lock-byte, .lost) .whole {
		stroke: var(--vscode-foreground);
		stroke-dasharray: 3 2;
	}
	.bar:is(.free, .pointer-map, .lock-byte, .lost) .stored {
		fill: var(--vscode-descriptionForeground);
	}
	.bar.lost .stored {
		fill: var(--vscode-editorError-foreground, #e51400);
	}
`;
