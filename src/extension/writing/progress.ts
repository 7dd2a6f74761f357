import * as vscode from "vscode";
import type { Cancellation } from "../../core/files";
import { formatBytes } from "../../core/format/formatBytes";
import type { MaintenanceStep } from "../../store/maintain/maintenance";
import { cancellationOf } from "../cancellation";
import { withoutLinks } from "../text/withoutMarkup";
import { stepText } from "./planText";

/** What long work is given to say how far it is, and to ask whether it is still wanted. */
export interface Work {
	readonly cancel: Cancellation;
	readonly bytes: (doneBytes: number, totalBytes: number) => void;
	readonly step: (step: MaintenanceStep, number: number, total: number) => void;
}

/** Does long work behind a notification that can cancel it. */
export function withProgress<Result>(title: string, work: (work: Work) => Promise<Result>): Promise<Result> {
	const options = { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true };
	const running = vscode.window.withProgress(options, (progress, token) => {
		let shown = 0;
		const report = (percent: number, message: string) => {
			progress.report({ increment: percent - shown, message: withoutLinks(message) });
			shown = percent;
		};
		return work({
			cancel: cancellationOf(token),
			bytes(doneBytes, totalBytes) {
				const percent = Math.floor((doneBytes / totalBytes) * 100);
				if (percent > shown) report(percent, bytesText(doneBytes, totalBytes));
			},
			step: (step, number, total) => report(Math.floor(((number - 1) / total) * 100), stepText(step)),
		});
	});
	return Promise.resolve(running);
}

function bytesText(doneBytes: number, totalBytes: number): string {
	const { language } = vscode.env;
	return vscode.l10n.t("{0} of {1}", formatBytes(doneBytes, language), formatBytes(totalBytes, language));
}
