import { type Cancellation, type Entry, FileError, type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { linkFinding, note } from "../entryFindings";
import type { StoreLayout } from "../layout";
import type { Generation, Store } from "../model";
import { readGeneration } from "./generation";

const GENERATIONS = "generations";
const SCRATCHPAD = "scratchpad";

/** The layout of `src/core/FORMATS.md`, "A store with generations". */
export const generationsLayout: StoreLayout = {
	name: "generations",
	/** Many projects have a directory of that name: something in it must look like a generation. */
	async recognise(files, path, entries) {
		if (!hasGenerations(entries)) return false;
		const inside = await files.list(joinPath(path, GENERATIONS));
		return inside.some(({ name, kind }) => kind === "directory" && isGenerationName(name.replace(/\.tmp$/, "")));
	},
	async takesEmpty(files, entries) {
		return hasGenerations(entries) && (await files.list(GENERATIONS)).length === 0;
	},
	read: readGenerationsLayout,
};

function hasGenerations(entries: readonly Entry[]): boolean {
	return entries.some(({ name, kind }) => name === GENERATIONS && kind === "directory");
}

/** Only digits; the writer pads them to ten. */
function isGenerationName(name: string): boolean {
	return /^\d{1,20}$/.test(name);
}

async function readGenerationsLayout(files: Files, cancel?: Cancellation): Promise<Store> {
	const findings: Finding[] = [];
	const names: string[] = [];
	for (const entry of await files.list(GENERATIONS)) {
		const finding = generationEntryFinding(entry);
		if (finding) findings.push(finding);
		else names.push(entry.name);
	}
	findings.push(...(await scratchpadFindings(files)));
	names.sort((a, b) => compareNumbers(BigInt(a), BigInt(b)) || (a < b ? -1 : 1));
	const generations: Generation[] = [];
	for (const name of names) {
		cancel?.throwIfAborted();
		generations.push(await readGeneration(files, name, name === names.at(-1), cancel));
	}
	return {
		layout: "generations",
		generations,
		findings,
		fullNeeded: generations.at(-1)?.base === undefined,
		newest: generations.findLast(({ snapshots }) => snapshots.length > 0)?.snapshots.at(-1),
	};
}

/** What is wrong with an entry of `generations/`, or `undefined` when it is a generation. */
function generationEntryFinding({ name, kind }: Entry): Finding | undefined {
	const path = joinPath(GENERATIONS, name);
	if (kind === "link-outside" || kind === "link-broken") {
		return linkFinding(path, kind, isGenerationName(name) ? "error" : "info", []);
	}
	if (kind === "directory") {
		if (isGenerationName(name)) return undefined;
		if (name.endsWith(".tmp")) {
			return note(
				"unfinished-generation",
				"warning",
				path,
				`${path} is a full snapshot that was never completed.`,
				"It is ignored, and removed when the node next starts.",
			);
		}
	}
	return note(
		"stray-entry",
		"info",
		path,
		`${path} is no generation: its name is not a number of a directory.`,
		"It is ignored. Remove it if you know where it came from.",
	);
}

async function scratchpadFindings(files: Files): Promise<readonly Finding[]> {
	try {
		if ((await files.stat(SCRATCHPAD))?.kind !== "directory") return [];
		const entries = await files.list(SCRATCHPAD);
		return entries.map(({ name }) => {
			const path = joinPath(SCRATCHPAD, name);
			return note(
				"scratchpad-leftover",
				"warning",
				path,
				`${path} is left over from a snapshot that was never completed.`,
				"It is ignored, and removed when the node next starts.",
			);
		});
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return [note("unreadable-directory", "warning", SCRATCHPAD, error.message, "Nothing in it belongs to a snapshot.")];
	}
}

function compareNumbers(a: bigint, b: bigint): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
