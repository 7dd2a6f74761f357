import type { Files } from "../../core/files";
import { parseSnapshotId } from "../../core/snapshot/snapshotId";
import { decodeUtf8 } from "../../core/text";

/**
 * What a reap has set out to do, written down before its first step: an intent, not a script. Whoever finds it looks at
 * what is there and does what is left.
 */
export interface ReapIntent {
	readonly version: 1;
	/** The generation whose snapshots it concerns; the newest when it was written. */
	readonly generation: string;
	/** Older generations that go, oldest first. */
	readonly removeGenerations: readonly string[];
	/** Ids of the snapshots that go, oldest first. */
	readonly removeSnapshots: readonly string[];
	/** Ids of those that were promised to stay, oldest first. */
	readonly keep: readonly string[];
}

/** Beside `generations/`, where no reader of the layout looks. */
export const INTENT_PATH = "reap-plan.json";
/** Its name while it is written. */
export const TEMPORARY_INTENT_PATH = "reap-plan.json.tmp";

/** A larger plan is not read: it has some 60 bytes for each snapshot. */
const MAX_BYTES = 1 << 24;

export function intentText(intent: ReapIntent): string {
	return `${JSON.stringify(intent, null, "\t")}\n`;
}

/** Throws a `SyntaxError` that says, as the end of a sentence, why the text is no plan. */
export function parseIntent(text: string): ReapIntent {
	const value: unknown = JSON.parse(text);
	if (!isRecord(value)) throw new SyntaxError("it is no JSON object");
	const { version, generation, removeGenerations, removeSnapshots, keep } = value;
	if (version !== 1) throw new SyntaxError("its version is not 1");
	if (!isGeneration(generation)) throw new SyntaxError("generation is no name of one");
	const known = ["version", "generation", "removeGenerations", "removeSnapshots", "keep"];
	const unknown = Object.keys(value).find((name) => !known.includes(name));
	if (unknown !== undefined) throw new SyntaxError(`it has a field ${JSON.stringify(unknown)}`);
	return {
		version,
		generation,
		removeGenerations: namesIn("removeGenerations", removeGenerations, isGeneration),
		removeSnapshots: namesIn("removeSnapshots", removeSnapshots, isSnapshot),
		keep: namesIn("keep", keep, isSnapshot),
	};
}

/** The plan of a store, `undefined` where there is none. Throws a `SyntaxError`, and `FileError`. */
export async function readIntent(files: Files): Promise<ReapIntent | undefined> {
	const stat = await files.stat(INTENT_PATH);
	if (!stat) return undefined;
	if (stat.kind !== "file") throw new SyntaxError("it is no file");
	if (stat.sizeBytes > MAX_BYTES) throw new SyntaxError(`it has ${stat.sizeBytes} bytes, more than ${MAX_BYTES}`);
	const text = decodeUtf8(await files.read(INTENT_PATH, 0, stat.sizeBytes));
	if (text === undefined) throw new SyntaxError("it is not UTF-8");
	return parseIntent(text);
}

function namesIn(field: string, value: unknown, isName: (name: unknown) => name is string): readonly string[] {
	if (!Array.isArray(value) || !value.every(isName)) throw new SyntaxError(`${field} is no list of names`);
	if (new Set(value).size < value.length) throw new SyntaxError(`${field} names something twice`);
	return value;
}

function isGeneration(name: unknown): name is string {
	return typeof name === "string" && /^\d{1,20}$/.test(name);
}

function isSnapshot(name: unknown): name is string {
	return typeof name === "string" && parseSnapshotId(name) !== undefined;
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
