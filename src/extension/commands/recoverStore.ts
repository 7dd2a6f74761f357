import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { planRecover } from "../../store/maintain/maintain";
import type { RecoveryPlan } from "../../store/maintain/recoveryPlan";
import { SnapshotStore } from "../../store/snapshotStore";
import type { KnownStore } from "../stores/knownStore";
import { withoutLinks } from "../text/withoutMarkup";
import type { PlanDocuments } from "../writing/planDocuments";
import { planText } from "../writing/planText";
import { withProgress } from "../writing/progress";
import { Refusal } from "../writing/refusal";

const { t } = vscode.l10n;

/** "Recover store…": puts in order what a crash has left, after its plan was shown and a modal question answered. */
export async function recoverStore(
	store: KnownStore,
	plans: PlanDocuments,
	writable: () => Promise<string>,
): Promise<void> {
	const directory = await writable();
	const place = vscode.workspace.asRelativePath(store.uri, true);
	const plan = await planRecover(directory);
	const problems = plan.problems.map(({ message }) => message);
	if (plan.steps.length === 0) {
		if (problems.length > 0) throw new Refusal(problems.join(" "));
		const text = t("{0}: there is nothing to do. The store is in order.", place);
		void vscode.window.showInformationMessage(withoutLinks(text));
		return;
	}
	const remarks = problems.length === 0 ? [] : [t("This cannot be mended, and is left as it is:"), ...problems];
	await plans.show(t("Recovery plan"), planText(t("Recovery of {0}", directory), plan.steps, remarks));
	const recover = t("Recover");
	const answer = await vscode.window.showWarningMessage(
		withoutLinks(t("Recover {0}?", place)),
		{
			modal: true,
			detail: t("The document shows what will be done, in {0} steps. No listed snapshot is lost.", plan.steps.length),
		},
		recover,
	);
	if (answer !== recover) return;
	await writable();
	await withProgress(t("Recovering {0}", place), () => recoverAsPlanned(directory, plan));
	void vscode.window.showInformationMessage(withoutLinks(t("{0} is in order.", place)));
}

/** Carries out a plan that somebody has seen, and no other one: where the store has changed since, `Refusal`. */
export async function recoverAsPlanned(directory: string, plan: RecoveryPlan): Promise<void> {
	if (!isDeepStrictEqual((await planRecover(directory)).steps, plan.steps)) {
		throw new Refusal(t("The store has changed since the plan was made; nothing was done. Run the command again."));
	}
	const store = await SnapshotStore.open(directory);
	// Opening leaves what may be another process's work; this says so.
	await store.recover();
}
