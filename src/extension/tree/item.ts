import * as vscode from "vscode";
import { formatBytes } from "../../core/format/formatBytes";
import { membershipText, suffrageText } from "../../core/format/membershipText";
import { relativeTime } from "../../core/format/relativeTime";
import { verdictText } from "../../core/format/verdictText";
import type { Snapshot } from "../../core/snapshot/model";
import { visible } from "../../core/text";
import { type Finding, type Severity, worstSeverity } from "../../core/verify/finding";
import { CONTEXT_VALUES, OPEN_SELECTED, SETTINGS } from "../ids";
import { liveDescription, liveLines, nodeDescription, nodeLines } from "./dataDirectoryText";
import { findingLabel } from "./findingLabel";
import type {
	FindingNode,
	FolderNode,
	GenerationNode,
	LiveNode,
	Message,
	ReapNode,
	ReapStepNode,
	SnapshotNode,
	StoreNode,
	TreeNode,
} from "./node";
import { storeContext } from "./storeContext";

const { t } = vscode.l10n;
const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** How a node looks. Texts are plain, never markup: they come from a store. */
export function treeItem(node: TreeNode): vscode.TreeItem {
	const item = lookOf(node);
	item.id = node.id;
	const text = [item.label, item.description].filter((part) => typeof part === "string" && part !== "").join(", ");
	const health = healthWord(healthOf(node));
	item.accessibilityInformation = {
		label: health === undefined || text.includes(health) ? text : `${text}, ${health}`,
	};
	return item;
}

function lookOf(node: TreeNode): vscode.TreeItem {
	switch (node.kind) {
		case "folder":
			return folderItem(node);
		case "store":
			return storeItem(node);
		case "live":
			return liveItem(node);
		case "generation":
			return generationItem(node);
		case "snapshot":
			return snapshotItem(node);
		case "reap":
			return reapItem(node);
		case "reap-step":
			return reapStepItem(node);
		case "finding":
			return findingItem(node);
		case "message":
			return messageItem(node.message);
		default:
			return node satisfies never;
	}
}

function folderItem(node: FolderNode): vscode.TreeItem {
	const item = new vscode.TreeItem(visible(node.name), Expanded);
	item.iconPath = new vscode.ThemeIcon("folder");
	if (node.place !== undefined) item.description = visible(node.place);
	return item;
}

function storeItem(node: StoreNode): vscode.TreeItem {
	const item = new vscode.TreeItem(visible(node.name), node.only ? Expanded : Collapsed);
	item.contextValue = storeContext(node);
	item.iconPath = icon(node.holds === "store" ? "archive" : "server", healthOf(node));
	const { view, data } = node;
	const place = visible(vscode.Uri.parse(node.uri).fsPath);
	if (view?.state === "read") {
		const snapshots = view.store.generations.reduce((sum, { snapshots }) => sum + snapshots.length, 0);
		item.description = [
			...(node.sample ? [t("sample")] : []),
			snapshots === 1 ? t("1 snapshot") : t("{0} snapshots", snapshots),
			...(data === undefined ? [] : nodeDescription(data, view.store)),
			...(view.verified ? [verdict(view.findings)] : []),
		].join(" · ");
		item.tooltip = [
			place,
			...(data === undefined ? [] : nodeLines(data, view.store)),
			view.verified ? t("Verified: {0}", verdict(view.findings)) : t("Not verified: only its directories were read"),
		].join("\n");
	} else if (node.holds === "database") {
		item.description = [t("no store"), ...(data === undefined ? [] : nodeDescription(data, undefined))].join(" · ");
		item.tooltip = (data === undefined ? [place] : nodeLines(data, undefined)).join("\n");
	} else {
		item.tooltip = place;
	}
	return item;
}

function liveItem(node: LiveNode): vscode.TreeItem {
	const item = new vscode.TreeItem(t("Live database"), None);
	item.contextValue = CONTEXT_VALUES.live;
	item.iconPath = icon("pulse", healthOf(node));
	item.description = liveDescription(node.directory);
	item.tooltip = liveLines(node.directory).join("\n");
	item.command = { command: OPEN_SELECTED, title: t("Open Live Database") };
	return item;
}

function generationItem(node: GenerationNode): vscode.TreeItem {
	const { name, current, base, snapshots } = node.generation;
	const item = new vscode.TreeItem(visible(name), current ? Expanded : Collapsed);
	item.contextValue = CONTEXT_VALUES.generation;
	item.iconPath = icon("layers", node.health);
	item.description = [
		...(current ? [t("current")] : []),
		snapshots.length === 1 ? t("1 snapshot") : t("{0} snapshots", snapshots.length),
	].join(" · ");
	item.tooltip = [
		t("Generation {0}", visible(name)),
		base === undefined ? t("No base") : t("Base: {0}", bytes(base.sizeBytes)),
	].join("\n");
	return item;
}

function snapshotItem(node: SnapshotNode): vscode.TreeItem {
	const { snapshot } = node;
	const verdictWord = node.verdict === undefined ? "" : visible(verdictText(node.verdict, t));
	const isBroken = node.verdict !== undefined && node.verdict.verdict !== "exact";
	const item = new vscode.TreeItem(visible(snapshot.id), node.findings.length > 0 ? Collapsed : None);
	item.contextValue = CONTEXT_VALUES.snapshot;
	item.iconPath = icon(snapshot.kind === "full" ? "database" : "diff-added", node.health);
	item.description = [
		...(node.newest ? [t("newest")] : []),
		...(node.health === "error" ? [t("damaged")] : []),
		...(isBroken ? [verdictWord] : []),
		kindWord(snapshot),
		`${snapshot.term}/${snapshot.index}`,
		...(snapshot.createdAt === undefined ? [] : [relativeTime(snapshot.createdAt, new Date(), vscode.env.language)]),
		bytes(snapshot.sizeBytes),
		...(isBroken || node.verdict === undefined ? [] : [verdictWord]),
	].join(" · ");
	item.tooltip = snapshotTooltip(node);
	item.command = { command: OPEN_SELECTED, title: t("Open Snapshot as Database") };
	return item;
}

function snapshotTooltip({ snapshot, findings, inherited, membership, verdict: found }: SnapshotNode): string {
	const lines = [
		t("Snapshot {0}", visible(snapshot.id)),
		t("Kind: {0}", kindWord(snapshot)),
		t("Term {0}, index {1}", String(snapshot.term), String(snapshot.index)),
	];
	if (snapshot.createdAt !== undefined) {
		lines.push(
			t("Created: {0} ({1})", snapshot.createdAt.toLocaleString(vscode.env.language), snapshot.createdAt.toISOString()),
		);
	}
	lines.push(t("Size: {0}", bytes(snapshot.sizeBytes)));
	if (found !== undefined) lines.push(t("Verified: {0}", visible(verdictText(found, t))));
	const { configurationIndex, servers = [] } = snapshot.meta ?? {};
	if (configurationIndex !== undefined) lines.push(t("Raft configuration of index {0}", String(configurationIndex)));
	for (const { id, address, suffrage } of servers) {
		lines.push(t("Server {0} at {1} ({2})", visible(id), visible(address), suffrageText(suffrage, t)));
	}
	for (const change of membership) lines.push(t("First seen here: {0}", visible(membershipText(change, t))));
	for (const { message } of [...findings, ...inherited]) lines.push(visible(message));
	return lines.join("\n");
}

function reapItem(node: ReapNode): vscode.TreeItem {
	const { length } = node.reap.steps;
	const item = new vscode.TreeItem(
		length === 1
			? t("Reap cut short: 1 step at the node's next start")
			: t("Reap cut short: {0} steps at the node's next start", length),
		Collapsed,
	);
	item.contextValue = CONTEXT_VALUES.reap;
	item.iconPath = icon("debug-step-over", "warning");
	item.tooltip = [
		t("What {0} tells the node to do, those steps included that are done already", visible(node.reap.path)),
		...node.reap.steps.map(({ what }, at) => `${at + 1}. ${visible(what)}`),
	].join("\n");
	return item;
}

function reapStepItem({ step, number }: ReapStepNode): vscode.TreeItem {
	const item = new vscode.TreeItem(`${number}. ${visible(step.what)}`, None);
	item.tooltip = [visible(step.what), ...step.paths.map(visible)].join("\n");
	return item;
}

function findingItem(node: FindingNode): vscode.TreeItem {
	const { finding } = node;
	const item = new vscode.TreeItem(visible(findingLabel(node)), None);
	item.contextValue = CONTEXT_VALUES.finding;
	item.iconPath = icon(SEVERITY_ICONS[finding.severity], finding.severity);
	item.tooltip = [
		visible(finding.message),
		visible(finding.advice),
		t("{0} in {1}", finding.code, finding.path === "" ? t("the store") : visible(finding.path)),
	].join("\n");
	item.command = { command: OPEN_SELECTED, title: t("Reveal") };
	return item;
}

function messageItem(message: Message): vscode.TreeItem {
	const item = new vscode.TreeItem(messageText(message), None);
	item.iconPath = new vscode.ThemeIcon("info");
	item.tooltip = messageText(message);
	return item;
}

function messageText(message: Message): string {
	switch (message.reason) {
		case "no-store":
			return t("No store in this folder");
		case "no-snapshot":
			return t("No snapshot yet");
		case "search-incomplete":
			return t(
				"The search ended early, after {0} directories: open the folder that holds the store, or name it in the setting {1}",
				message.directories,
				SETTINGS.roots,
			);
		case "no-store-yet":
			return t("No snapshot store so far");
		case "unreadable":
			return visible(message.detail);
		default:
			return message satisfies never;
	}
}

function kindWord({ kind }: Snapshot): string {
	return kind === "full" ? t("full") : t("incremental");
}

function verdict(findings: readonly Finding[]): string {
	return healthWord(worstSeverity(findings)) ?? t("sound");
}

function healthOf(node: TreeNode): Severity | undefined {
	switch (node.kind) {
		case "store":
			if (node.view?.state === "unreadable") return node.holds === "store" ? "error" : undefined;
			return node.view === undefined ? undefined : worstSeverity(node.view.findings);
		case "live":
			return node.directory.data.unusable === undefined ? undefined : "warning";
		case "generation":
		case "snapshot":
			return node.health;
		case "reap":
			return "warning";
		case "finding":
			return node.finding.severity;
		default:
			return undefined;
	}
}

function healthWord(health: Severity | undefined): string | undefined {
	switch (health) {
		case "error":
			return t("damaged");
		case "warning":
			return t("needs attention");
		default:
			return undefined;
	}
}

const SEVERITY_ICONS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "info" };

const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
	error: "problemsErrorIcon.foreground",
	warning: "problemsWarningIcon.foreground",
	info: "problemsInfoIcon.foreground",
};

function icon(name: string, health: Severity | undefined): vscode.ThemeIcon {
	if (health === undefined || health === "info") return new vscode.ThemeIcon(name);
	return new vscode.ThemeIcon(name, new vscode.ThemeColor(SEVERITY_COLORS[health]));
}

function bytes(sizeBytes: number): string {
	return formatBytes(sizeBytes, vscode.env.language);
}
