import type { Comparison } from "./comparison";
import type { Run } from "./contender";

/** What came of a comparison: of each contender its runs. */
export interface Result {
	readonly comparison: Comparison;
	readonly runs: readonly (readonly Run[])[];
}

export function medianSeconds(runs: readonly Run[]): number {
	const seconds = runs.map((one) => one.seconds).sort((a, b) => a - b);
	return seconds[Math.floor(seconds.length / 2)]!;
}

export function secondsText(seconds: number): string {
	return seconds < 0.1 ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms` : `${seconds.toFixed(2)} s`;
}

const WIDTH = 720;
const NAMES = 200;
const BARS = 420;
const LINE = 18;

/** Bars of the medians, in each comparison as long as its slowest one allows; this project's own are filled. SVG. */
export function plot(results: readonly Result[]): string {
	const shapes: string[] = [];
	let y = 8;
	for (const { comparison, runs } of results) {
		const medians = runs.map(medianSeconds);
		const longest = Math.max(...medians);
		y += LINE;
		shapes.push(text(8, y, comparison.title, ' font-weight="bold"'));
		for (const [n, { name }] of comparison.contenders.entries()) {
			y += LINE;
			const length = Math.max(1, (medians[n]! / longest) * BARS);
			shapes.push(text(NAMES - 8, y, name, ' text-anchor="end"'));
			const fill = n === 0 ? "#0969da" : "#8c959f";
			shapes.push(`<rect x="${NAMES}" y="${y - 11}" width="${length.toFixed(1)}" height="12" fill="${fill}"/>`);
			shapes.push(text(NAMES + length + 6, y, secondsText(medians[n]!)));
		}
		y += 6;
	}
	const height = y + 12;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
		"<title>How long each takes</title>",
		`<rect width="100%" height="100%" fill="#ffffff"/>`,
		...shapes,
		"</svg>",
		"",
	].join("\n");
}

function text(x: number, y: number, content: string, attributes = ""): string {
	const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
	return `<text x="${x.toFixed(1)}" y="${y}" fill="#24292f"${attributes}>${escaped}</text>`;
}
