import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FileError } from "../../core/files";
import { visible } from "../../core/text";
import { type Finding, SEVERITIES } from "../../core/verify/finding";
import { isSound, restorable, type SnapshotVerdict, type Verification } from "../../core/verify/verification";
import type { VerifyOptions as CoreOptions } from "../../core/verify/verifyStore";
import { optionsOf } from "../../engine/depth";
import { type NodeSign, signText } from "../../node/runningNode";
import { verifyDirectory } from "../../node/verifyDirectory";
import type { Depth } from "../../protocol/report";
import { EXIT, Failure, oneLine } from "../failure";
import { type LocatedStore, locateSnapshot, locateStore, locateStores } from "../open/locate";
import { locatedDataDirectory } from "../open/locateLive";
import { signJson } from "../output/dataDirectoryReport";
import type { Output } from "../output/output";
import { pendingReapLines } from "../output/pendingReap";
import { byteProgress } from "../output/progress";
import { renderTable } from "../output/table";

export interface VerifyOptions {
	readonly json: boolean;
	/** One store of several; all when not given. */
	readonly store: string | undefined;
	/** `quick`: without the databases. `full`: SQLite's own checks besides. */
	readonly depth: Depth;
	/** Id of the snapshot to verify alone, with what its state depends on. */
	readonly snapshot: string | undefined;
}

interface Verified {
	readonly located: LocatedStore;
	/** What shows that a node seems to be running in the store's data directory. */
	readonly running: NodeSign | undefined;
	readonly verification: Verification;
}

/** `snapstore verify`: every check, every finding. Answers the exit status. */
export async function verify(directory: string, options: VerifyOptions, output: Output): Promise<number> {
	const stores =
		options.store === undefined ? await locateStores(directory) : [await locateStore(directory, options.store)];
	const depth = await optionsOf(options.depth, () => readFile(join(__dirname, "sql-wasm.wasm")));
	const verified: Verified[] = [];
	for (const located of stores) {
		const only = options.snapshot === undefined ? undefined : partOf(located, options.snapshot);
		const verification = await verifyOne(located, {
			...depth,
			...(only && { only }),
		});
		const running = (await locatedDataDirectory(directory, located))?.running;
		verified.push({ located, running, verification });
	}
	await output.write(
		options.json
			? `${JSON.stringify({ stores: verified.map(storeJson) })}\n`
			: verified.map((one) => storeText(directory, one)).join("\n"),
	);
	return verified.every(({ verification }) => isSound(verification)) ? EXIT.done : EXIT.refused;
}

async function verifyOne({ directory, store }: LocatedStore, options: CoreOptions): Promise<Verification> {
	try {
		return await verifyDirectory(directory, store, { ...options, progress: byteProgress("Verifying") });
	} catch (error) {
		if (error instanceof FileError) throw new Failure(EXIT.refused, oneLine(error));
		throw error;
	}
}

function partOf(located: LocatedStore, id: string): { generation: string; snapshot: string } {
	const { generation, id: snapshot } = locateSnapshot(located, id);
	return { generation, snapshot };
}

function storeJson({ located: { root, store }, running, verification }: Verified) {
	const { findings, snapshots, checked, notChecked } = verification;
	return {
		root,
		layout: store.layout,
		sound: isSound(verification),
		restorable: restorable(verification).map(({ id }) => id),
		snapshots: snapshots.map(({ id, verdict, upTo, cause }) => ({
			id,
			verdict,
			upTo: upTo ?? null,
			cause: cause ? findings.indexOf(cause) : null,
		})),
		checked,
		notChecked,
		running: running === undefined ? null : signJson(running),
		findings,
	};
}

function storeText(top: string, { located: { root, store }, running, verification }: Verified): string {
	const { findings, snapshots, notChecked } = verification;
	const exact = restorable(verification);
	const newest = exact.at(-1);
	const lines = [
		`Store ${visible(root)} (${store.layout}): ${isSound(verification) ? "sound" : "damaged"}`,
		newest
			? `${exact.length} of ${snapshots.length} snapshots can be restored exactly; the newest of them is ${newest.id}.`
			: snapshots.length === 0
				? "No snapshots."
				: "No snapshot can be restored exactly.",
	];
	if (snapshots.length > 0) {
		const rows = snapshots.map(({ id, generation, verdict, upTo, cause }) => [
			generation,
			id,
			VERDICTS[verdict],
			upTo === undefined ? "" : visible(upTo),
			cause?.code ?? "",
		]);
		lines.push("", renderTable(["GENERATION", "SNAPSHOT", "RESTORABLE", "UP TO", "CAUSE"], rows, new Set()));
	}
	if (running) lines.push("", `A node seems to be running: ${signText(running)}. ${WHILE_RUNNING}`);
	if (store.pendingReap) lines.push("", ...pendingReapLines(store.pendingReap));
	if (notChecked.length > 0) lines.push("", `Not checked: ${notChecked.join(", ")}.`);
	for (const severity of SEVERITIES) {
		for (const finding of findings)
			if (finding.severity === severity) lines.push("", ...findingText(join(top, root), finding));
	}
	return `${lines.join("\n")}\n`;
}

const WHILE_RUNNING = "What it has half done is told as it was found; verify again once it is stopped.";

const VERDICTS: Readonly<Record<SnapshotVerdict["verdict"], string>> = {
	exact: "yes",
	partial: "in part",
	none: "no",
};

/**
 * `<path>: <severity> <code>: <message>`, the form in which compilers tell, so that editors find the file; the problem
 * matcher of `package.json` reads it. The path is as seen from where the command runs.
 */
function findingText(store: string, { path, severity, code, message, advice }: Finding): readonly string[] {
	return [`${visible(join(store, path))}: ${severity} ${code}: ${visible(message)}`, `    ${visible(advice)}`];
}
