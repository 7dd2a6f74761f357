import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Mounts a directory over itself, read-only, in a namespace that only the program sees. */
const MOUNT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';

/**
 * Answers how a command is run so that the kernel refuses it every change below a directory: a name, a byte, a time.
 * `undefined` where the system lets nobody mount; others go on writing to the directory.
 */
export function readOnlyView(directory: string): ((command: Command) => Command) | undefined {
	const view = (command: Command): Command => [
		"unshare",
		"--mount",
		"--map-root-user",
		"sh",
		"-c",
		MOUNT,
		"sh",
		directory,
		...command,
	];
	const run = ([program, ...args]: Command) => spawnSync(program, args).status;
	if (run(view(["true"])) !== 0) return undefined;
	const probe = join(directory, "written-through-a-read-only-view");
	if (run(view(["touch", probe])) === 0 || existsSync(probe)) throw new Error(`${probe} could be written`);
	return view;
}
