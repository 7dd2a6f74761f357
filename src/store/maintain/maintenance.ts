import { bytesSource, type Cancellation } from "../../core/files";
import { checkReal } from "../checkReal";
import type { Disk } from "../disk/disk";
import { writeFile } from "../disk/writeFile";
import { nativePath, parentPath } from "../nativePath";
import { checkpoint } from "./checkpoint";
import { Clearing, clear } from "./clearing";
import { mergeLogs } from "./mergeLogs";
import { intentText, type ReapIntent, TEMPORARY_INTENT_PATH } from "./reapIntent";
import type { SoundLogs } from "./soundLogs";

/** One step of a reap or a recovery. Paths are relative to the store, with `/`. Each is durable once it is done. */
export type MaintenanceStep =
	/** What a reap is about to do is written down, so that a crash from here on does not stop it. */
	| { readonly step: "write-plan"; readonly path: string; readonly plan: ReapIntent }
	| { readonly step: "remove-plan"; readonly path: string }
	/** A listed directory gets a name that no reader looks at. All of it has gone before the plan, or the last step. */
	| { readonly step: "remove-generation" | "remove-snapshot"; readonly path: string }
	/** What a crash left, and no reader looks at: a `.tmp` directory, a file of the scratchpad, a copy that is not needed. */
	| { readonly step: "remove-leftover"; readonly path: string }
	/** A WAL takes in those before it, so that it stands for all of them and each page is checkpointed once. */
	| { readonly step: "merge-wals"; readonly path: string; readonly from: readonly string[]; readonly base: string }
	| { readonly step: "move-wal"; readonly path: string; readonly to: string }
	/** A WAL's pages are written into the database, then the WAL goes. */
	| { readonly step: "checkpoint"; readonly path: string; readonly into: string };

export interface RunOptions {
	readonly disk: Disk;
	/** Looked at between two steps. */
	readonly cancel?: Cancellation;
	/** Those that need not be read again before they are checkpointed. */
	readonly logs?: SoundLogs;
	/** Called before each step; `number` counts from 1. */
	readonly progress?: (step: MaintenanceStep, number: number, total: number) => void;
}

/**
 * Takes steps in order. Nothing is done when one of them would lead through a symbolic link. When a step fails, those
 * before it are done and the store is as readable as after a crash: recovery goes on from there. Throws `StoreError`.
 */
export async function takeSteps(
	directory: string,
	steps: readonly MaintenanceStep[],
	{ disk, cancel, logs, progress }: RunOptions,
): Promise<void> {
	for (const step of steps) for (const path of pathsWritten(step)) await checkReal(directory, path);
	const clearing = new Clearing(disk);
	try {
		for (const [position, step] of steps.entries()) {
			cancel?.throwIfAborted();
			progress?.(step, position + 1, steps.length);
			if (step.step === "checkpoint") clearing.begin();
			// A merged log may need the room; a plan must not go before what it says has gone.
			if (step.step === "merge-wals" || step.step === "remove-plan") await clearing.done();
			await takeStep(disk, directory, step, clearing, logs);
		}
		await clearing.done();
	} finally {
		await clearing.settled();
	}
}

/** Paths no part of which may be a link. What is removed may be one itself: the link goes. */
export function pathsWritten(step: MaintenanceStep): readonly string[] {
	switch (step.step) {
		case "checkpoint":
			return [step.path, step.into];
		case "merge-wals":
			return [step.path, ...step.from];
		case "move-wal":
			return [step.path, step.to];
		case "remove-generation":
		case "remove-snapshot":
			return [step.path];
		case "write-plan":
		case "remove-plan":
		case "remove-leftover":
			return parentPath(step.path) === "" ? [] : [parentPath(step.path)];
	}
}

async function takeStep(
	disk: Disk,
	directory: string,
	step: MaintenanceStep,
	clearing: Clearing,
	logs?: SoundLogs,
): Promise<void> {
	const path = nativePath(directory, step.path);
	const parent = nativePath(directory, parentPath(step.path));
	switch (step.step) {
		case "write-plan": {
			const temporary = nativePath(directory, TEMPORARY_INTENT_PATH);
			try {
				await writeFile(disk, temporary, bytesSource(new TextEncoder().encode(intentText(step.plan))));
				await disk.rename(temporary, path);
			} catch (error) {
				await disk.removeFile(temporary).catch(() => {}); // what happened first is the answer
				throw error;
			}
			await disk.syncDirectory(parent);
			return;
		}
		case "remove-generation":
		case "remove-snapshot":
			await disk.rename(path, `${path}.tmp`);
			await disk.syncDirectory(parent);
			return clearing.add(`${path}.tmp`);
		case "remove-leftover":
		case "remove-plan":
			return clear(disk, path);
		case "merge-wals": {
			const wals = [...step.from, step.path].map((wal) => nativePath(directory, wal));
			return mergeLogs(disk, nativePath(directory, step.base), wals, logs);
		}
		case "move-wal":
			await disk.rename(path, nativePath(directory, step.to));
			await disk.syncDirectory(nativePath(directory, parentPath(step.to)));
			return disk.syncDirectory(parent);
		case "checkpoint":
			await checkpoint(disk, nativePath(directory, step.into), path, logs);
			await disk.removeFile(path);
			return disk.syncDirectory(parent);
	}
}
