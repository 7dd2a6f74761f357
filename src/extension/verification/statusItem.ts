import * as vscode from "vscode";
import { COMMANDS } from "../ids";
import { Owner } from "../owner";
import { withoutIcons } from "../text/withoutMarkup";
import { bytesText, percentOf } from "./progress";
import type { Running, Verifier } from "./verifier";

const { t } = vscode.l10n;

/** In the status bar while stores are verified; a click asks which to cancel. */
export class VerificationStatus extends Owner {
	readonly #item = this.own(vscode.window.createStatusBarItem("verification", vscode.StatusBarAlignment.Left));
	readonly #heard = new Map<Running, vscode.Disposable>();

	constructor(private readonly verifier: Verifier) {
		super();
		this.#item.name = t("Verification of snapshot stores");
		this.#item.command = COMMANDS.cancelVerification;
		this.own(verifier.onDidChange(() => this.#look()));
	}

	override dispose(): void {
		for (const hearing of this.#heard.values()) hearing.dispose();
		super.dispose();
	}

	/** Cancels a verification: the only one, or the one that is asked for. */
	async cancel(): Promise<void> {
		const items = this.verifier.running.map((running) => ({
			label: withoutIcons(t("Cancel verifying {0}", placeOf(running))),
			description: bytesText(running),
			running,
		}));
		if (items.length === 0) return;
		const picked = await vscode.window.showQuickPick(items, { title: t("Verification of snapshot stores") });
		picked?.running.cancel();
	}

	#look(): void {
		const { running } = this.verifier;
		for (const one of running)
			if (!this.#heard.has(one))
				this.#heard.set(
					one,
					one.onDidProgress(() => this.#draw()),
				);
		for (const [one, hearing] of this.#heard) {
			if (running.includes(one)) continue;
			hearing.dispose();
			this.#heard.delete(one);
		}
		this.#draw();
	}

	#draw(): void {
		const { running } = this.verifier;
		const [first] = running;
		if (first === undefined) {
			this.#item.hide();
			return;
		}
		const place = placeOf(first);
		const what = running.length === 1 ? t("Verifying {0}", place) : t("Verifying {0} stores", running.length);
		this.#item.text = `$(sync~spin) ${withoutIcons(what)} ${percentOf(first)} %`;
		this.#item.tooltip = running.map((one) => `${placeOf(one)}: ${bytesText(one)}`).join("\n");
		this.#item.accessibilityInformation = { label: `${what}, ${percentOf(first)} %` };
		this.#item.show();
	}
}

function placeOf({ known }: Running): string {
	return vscode.workspace.asRelativePath(known.uri, true);
}
