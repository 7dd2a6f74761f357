import { type Cancellation, type Entry, type Files, joinPath } from "../../files";
import type { Finding } from "../../verify/finding";
import { statDataFile } from "../dataFile";
import { note } from "../entryFindings";
import type { StoreFile } from "../model";
import type { SnapshotDirectory } from "./snapshotDirectory";

/** The WAL that a reap is checkpointing into the base. */
const CHECKPOINTING = "base.sqlite-wal";

/** Whether a name is one under which a reap keeps a WAL: the one being checkpointed, or a copy on the way there. */
export function isReapLeftover(name: string): boolean {
	return name === CHECKPOINTING || name.startsWith(`${CHECKPOINTING}.`);
}

export interface ReapLeftovers {
	/** WALs to apply to the base before any snapshot's, in order. */
	readonly pending: readonly StoreFile[];
	/** The snapshot, if any, whose own WAL the last of them is: its removal was cut short. */
	readonly walOf: SnapshotDirectory | undefined;
	readonly findings: readonly Finding[];
}

/**
 * What a reap that was cut short means for the state. It works snapshot by snapshot: copy the WAL beside the base,
 * remove the snapshot's directory, rename the copy to `base.sqlite-wal`, checkpoint it. So `base.sqlite-wal` applies
 * first at any stage, and a copy applies only when no snapshot holds the same bytes any more.
 *
 * `directories`: the generation's snapshots, oldest first.
 */
export async function readReapLeftovers(
	files: Files,
	generationPath: string,
	entries: readonly Entry[],
	directories: readonly SnapshotDirectory[],
	cancel?: Cancellation,
): Promise<ReapLeftovers> {
	const findings: Finding[] = [];
	const all = directories.map(({ id }) => id.id);
	let checkpointing: StoreFile | undefined;
	let copies: StoreFile[] = [];
	for (const { name } of entries) {
		const path = joinPath(generationPath, name);
		const data = await statDataFile(files, path);
		if (data.state === "unusable") findings.push(data.finding(all));
		if (data.state !== "present") continue;
		if (data.file.sizeBytes === 0) findings.push(unused(path, "it is empty"));
		else if (name === CHECKPOINTING) checkpointing = data.file;
		else copies.push(data.file);
	}
	const holders = directories.flatMap(({ wal }) => (wal.state === "present" ? [wal.file] : []));
	if (checkpointing) holders.push(checkpointing);
	copies.sort((a, b) => b.sizeBytes - a.sizeBytes);
	const needed: StoreFile[] = [];
	for (const copy of copies) {
		// A copy that was cut short, or made twice, begins another one.
		const holder = await findHolder(files, copy, [...holders, ...needed], cancel);
		if (holder) findings.push(unused(copy.path, `${holder.path} holds the same`));
		else needed.push(copy);
	}
	copies = needed;
	if (checkpointing) {
		findings.push(
			note(
				"reap-checkpoint-pending",
				"warning",
				checkpointing.path,
				`${checkpointing.path} is a WAL whose checkpoint into the base was cut short; it is applied to the base first.`,
				"Nothing is lost. Copy the store before a node opens it.",
			),
		);
	}
	if (copies.length > 1) {
		const names = copies.map(({ path }) => path).join(", ");
		findings.push(
			note(
				"reap-copy-ambiguous",
				"error",
				generationPath,
				`${names}: different WALs of reaped snapshots, and nothing says in which order they apply.`,
				"Take base.sqlite from a backup or another node, or use another generation.",
				all,
			),
		);
	}
	for (const { path } of copies) {
		findings.push(
			note(
				"reap-copy-needed",
				"warning",
				path,
				`${path} is the only copy of a reaped snapshot's WAL; it is applied between the base and the oldest snapshot.`,
				"Nothing is lost. Copy the store before a node opens it: rqlite 7.21 leaves this file out and restores a wrong database.",
			),
		);
	}
	const pending = checkpointing ? [checkpointing, ...copies] : copies;
	const walOf = pending.length > 0 ? halfRemoved(directories) : undefined;
	const untouched = directories.find((d) => d !== walOf && d.wal.state === "absent" && d.meta?.full === true);
	if (pending.length > 0 && untouched === directories[0] && untouched) {
		findings.push(
			note(
				"reap-checkpoint-pending",
				"error",
				untouched.path,
				`${untouched.path}: the base has been, or is being, changed by the WAL of a later snapshot; the state of this full snapshot is gone.`,
				"Use a later snapshot of the generation.",
				[untouched.id.id],
			),
		);
	}
	return { pending, walOf, findings };
}

/** The oldest incremental snapshot, where it has lost its WAL: a removal that was cut short. */
function halfRemoved(directories: readonly SnapshotDirectory[]): SnapshotDirectory | undefined {
	const oldest = directories.find(({ wal, meta }) => wal.state !== "absent" || meta?.full !== true);
	return oldest?.wal.state === "absent" ? oldest : undefined;
}

function unused(path: string, why: string): Finding {
	return note(
		"reap-copy-unused",
		"warning",
		path,
		`${path} is left over from a reap that was cut short and not needed: ${why}.`,
		"It is ignored. Nothing is lost.",
	);
}

async function findHolder(files: Files, copy: StoreFile, others: readonly StoreFile[], cancel?: Cancellation) {
	for (const other of others) {
		if (other.sizeBytes >= copy.sizeBytes && (await begins(files, other, copy, cancel))) return other;
	}
	return undefined;
}

/** Whether `whole` begins with all the bytes of `part`. Two different WALs differ in their headers: that is cheap. */
async function begins(files: Files, whole: StoreFile, part: StoreFile, cancel?: Cancellation): Promise<boolean> {
	let length = 4096;
	for (let offset = 0; offset < part.sizeBytes; offset += length, length = 1 << 20) {
		cancel?.throwIfAborted();
		const wanted = Math.min(length, part.sizeBytes - offset);
		const [a, b] = await Promise.all([files.read(whole.path, offset, wanted), files.read(part.path, offset, wanted)]);
		if (a.byteLength !== b.byteLength || a.some((byte, at) => byte !== b[at])) return false;
	}
	return true;
}
