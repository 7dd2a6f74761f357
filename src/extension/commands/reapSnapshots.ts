import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Cancellation } from "../../core/files";
import type { Store } from "../../core/snapshot/model";
import { planReap } from "../../store/maintain/maintain";
import type { MaintenanceStep } from "../../store/maintain/maintenance";
import type { ReapPlan } from "../../store/maintain/reapPlan";
import { SoundLogs } from "../../store/maintain/soundLogs";
import { SnapshotStore } from "../../store/snapshotStore";
import type { KnownStore } from "../stores/knownStore";
import { withoutLinks } from "../text/withoutMarkup";
import type { PlanDocuments } from "../writing/planDocuments";
import { planText } from "../writing/planText";
import { withProgress } from "../writing/progress";
import { Refusal } from "../writing/refusal";

const { t } = vscode.l10n;

const LEAST_RETAIN = 2;
/** So many of the things that go are named in the question; the document names all. */
const MOST_NAMED = 10;

/** "Reap snapshots…": keeps the newest ones. The plan is shown, and nothing is done before a modal question is answered. */
export async function reapSnapshots(
	store: KnownStore,
	plans: PlanDocuments,
	writable: () => Promise<string>,
): Promise<void> {
	const directory = await writable();
	const place = vscode.workspace.asRelativePath(store.uri, true);
	const retain = await askRetain();
	if (retain === undefined) return;
	const plan = await withProgress(t("Planning a reap of {0}", place), ({ cancel }) =>
		planReap(directory, { retain, cancel }),
	);
	if (plan.steps.length === 0) {
		void vscode.window.showInformationMessage(withoutLinks(t("{0}: there is nothing to reap.", place)));
		return;
	}
	const view = await store.refresh();
	const going = view.state === "read" ? goingFrom(view.store, plan) : [];
	const stay = t("These snapshots stay: {0}", plan.keep.join(", "));
	await plans.show(t("Reap plan"), planText(t("Reap of {0}", directory), plan.steps, [stay]));
	const reap = t("Reap");
	const answer = await vscode.window.showWarningMessage(
		withoutLinks(t("Reap {0}?", place)),
		{ modal: true, detail: [t("These go for good:"), ...shortened(going), "", stay].join("\n") },
		reap,
	);
	if (answer !== reap) return;
	await writable();
	await withProgress(t("Reaping {0}", place), ({ cancel, step }) =>
		reapAsPlanned(directory, plan, { retain, cancel, progress: step }),
	);
	void vscode.window.showInformationMessage(withoutLinks(t("{0} is reaped.", place)));
}

/** Carries out a plan that somebody has seen, and no other one: where the store has changed since, `Refusal`. */
export async function reapAsPlanned(
	directory: string,
	plan: ReapPlan,
	options: {
		readonly retain: number;
		readonly cancel: Cancellation;
		readonly progress: (step: MaintenanceStep, number: number, total: number) => void;
	},
): Promise<void> {
	const { retain, cancel } = options;
	const logs = new SoundLogs();
	if (!isDeepStrictEqual(await planReap(directory, { retain, cancel, logs }), plan)) {
		throw new Refusal(t("The store has changed since the plan was made; nothing was done. Run the command again."));
	}
	const store = await SnapshotStore.open(directory);
	await store.reap({ ...options, logs });
}

async function askRetain(): Promise<number | undefined> {
	const text = await vscode.window.showInputBox({
		title: t("Reap snapshots"),
		prompt: t("How many of the newest snapshots stay"),
		value: `${LEAST_RETAIN}`,
		ignoreFocusOut: true,
		validateInput: (typed) => (parseRetain(typed) === undefined ? t("A whole number, 2 or more") : undefined),
	});
	return text === undefined ? undefined : parseRetain(text);
}

function parseRetain(text: string): number | undefined {
	const retain = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0;
	return retain >= LEAST_RETAIN ? retain : undefined;
}

/** The generations and snapshots that a plan removes, as they are named to people. */
function goingFrom({ generations }: Store, { steps }: ReapPlan): readonly string[] {
	return steps.flatMap(({ step, path }) => {
		if (step === "remove-snapshot") return [path];
		if (step !== "remove-generation") return [];
		const count = generations.find((generation) => generation.path === path)?.snapshots.length ?? 0;
		return [count === 1 ? t("{0} with 1 snapshot", path) : t("{0} with {1} snapshots", path, count)];
	});
}

function shortened(names: readonly string[]): readonly string[] {
	const more = names.length - MOST_NAMED;
	return more > 0 ? [...names.slice(0, MOST_NAMED), t("and {0} more, which the document names", more)] : names;
}
