import type { ReportFile, ReportFinding, ReportGeneration, ReportSnapshot } from "../../protocol/report";

/** One thing in the picture of a chain: a snapshot, or what the oldest one goes on from. Lengths are in pixels. */
export interface Bar {
	/** `undefined` for base and WALs that belong to no snapshot any more. */
	readonly snapshot: ReportSnapshot | undefined;
	readonly files: readonly ReportFile[];
	readonly sizeBytes: number;
	readonly x: number;
	readonly width: number;
	readonly marks: readonly Mark[];
}

/** Where something was found. */
export interface Mark {
	/** From the bar's left end. */
	readonly x: number;
	/** Position in the report's findings. */
	readonly finding: number;
}

const LEAST_WIDTH = 18;
const MOST_WIDTH = 220;
const GAP = 6;

/**
 * The bars of a generation, oldest first, by size: the root of it, or the small ones would not be seen.
 *
 * @param largest Bytes of the largest bar of the picture.
 */
export function chainBars(
	{ foundation, snapshots }: ReportGeneration,
	findings: readonly ReportFinding[],
	largest: number,
): readonly Bar[] {
	const parts = [
		...(foundation.length === 0 ? [] : [{ snapshot: undefined, files: foundation }]),
		...snapshots.map((snapshot) => ({ snapshot, files: snapshot.files })),
	];
	let x = 0;
	return parts.map(({ snapshot, files }) => {
		const sizeBytes = sizeOf(files);
		const width = LEAST_WIDTH + Math.round((MOST_WIDTH - LEAST_WIDTH) * Math.sqrt(sizeBytes / Math.max(1, largest)));
		const bar = { snapshot, files, sizeBytes, x, width, marks: marksOf(snapshot, files, findings, width) };
		x += width + GAP;
		return bar;
	});
}

/** Bytes of the largest bar that generations have. */
export function largestBar(generations: readonly ReportGeneration[]): number {
	const sizes = generations.flatMap(({ foundation, snapshots }) => [
		foundation,
		...snapshots.map(({ files }) => files),
	]);
	return sizes.reduce((largest, files) => Math.max(largest, sizeOf(files)), 0);
}

/** A finding at a byte of a file stands at that share of the bar; one on a file that is not there, or without a place, at its start. */
function marksOf(
	snapshot: ReportSnapshot | undefined,
	files: readonly ReportFile[],
	findings: readonly ReportFinding[],
	width: number,
): readonly Mark[] {
	const total = Math.max(1, sizeOf(files));
	return findings.flatMap(({ path, offset = 0, severity }, finding): readonly Mark[] => {
		if (severity === "info") return [];
		const at = files.findIndex((file) => file.path === path);
		if (at >= 0) {
			const before = sizeOf(files.slice(0, at)) + Math.min(offset, files[at]?.sizeBytes ?? 0);
			return [{ x: Math.round((before / total) * width), finding }];
		}
		const isInside = snapshot !== undefined && (path === snapshot.path || path.startsWith(`${snapshot.path}/`));
		return isInside ? [{ x: 0, finding }] : [];
	});
}

function sizeOf(files: readonly ReportFile[]): number {
	return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
