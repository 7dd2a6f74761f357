import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { Cancellation } from "../../core/files";
import { type Disk, nodeDisk } from "./disk";
import { removeTree } from "./removeTree";

/**
 * Has work make a file or a directory under a temporary name beside its place, which it takes in one step when it is
 * whole and durable; what is there is replaced, if it is a file or an empty directory. When the promise rejects, or the
 * process dies, the place is as it was. Throws `StoreError`, what the work throws, and the reason of a cancellation.
 */
export async function putInPlace<Result>(
	target: string,
	work: (temporary: string) => Promise<Result>,
	{ cancel, disk = nodeDisk }: { readonly cancel?: Cancellation | undefined; readonly disk?: Disk } = {},
): Promise<Result> {
	const temporary = temporaryBeside(target);
	try {
		const result = await work(temporary);
		cancel?.throwIfAborted();
		await disk.rename(temporary, target);
		await disk.syncDirectory(dirname(target));
		return result;
	} catch (error) {
		await removeTree(disk, temporary).catch(() => {}); // what happened first is the answer
		throw error;
	}
}

/** A name in the directory of `target` that nothing has. */
export function temporaryBeside(target: string): string {
	return join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
}
