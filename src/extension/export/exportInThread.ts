import { type ExportProgress, type ExportSummary, isManyFiles } from "../../protocol/export";
import { noteSkipped } from "../../store/disk/noteSkipped";
import { putInPlace } from "../../store/disk/putInPlace";
import { inThread } from "../inThread";
import type { ExportMessage, ExportTask } from "./exportThread";

/** Why rows could not be exported, as a sentence for the user. */
export class ExportRefused extends Error {
	override readonly name = "ExportRefused";
	constructor(
		message: string,
		/** Whether what reads of a damaged database could be exported all the same. */
		readonly damaged: boolean,
	) {
		super(message);
	}
}

export interface ExportRun {
	readonly cancel: AbortSignal;
	readonly progress: (progress: ExportProgress) => void;
}

/**
 * Exports to a file or a directory in a thread of its own. What is there is replaced if it is a file; when it fails or is
 * cancelled nothing is left. What was left out of it is written down beside it. Throws `ExportRefused`, `StoreError` and
 * the signal's reason.
 *
 * @param script Path of the built program.
 */
export async function exportInThread(
	script: string,
	target: string,
	task: Omit<ExportTask, "path">,
	{ cancel, progress }: ExportRun,
): Promise<ExportSummary> {
	const inPlace = (path: string) =>
		inThread<ExportMessage, ExportSummary>(script, { ...task, path }, cancel, (message, { done, failed }) => {
			switch (message.kind) {
				case "progress":
					progress(message.progress);
					break;
				case "done":
					done(message.summary);
					break;
				case "refused":
					failed(new ExportRefused(message.message, message.damaged));
					break;
				default:
					message satisfies never;
			}
		});
	const summary = await putInPlace(target, inPlace, { cancel });
	await noteSkipped(target, summary.warnings);
	return summary;
}

/** What the name of a file or directory ends with that an export makes. */
export function exportName(name: string, request: ExportTask["request"]): string {
	return isManyFiles(request) ? `${name}-${request.format}` : `${name}.${request.format}`;
}
