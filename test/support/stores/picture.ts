import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Everything there is to see of a directory tree, one line for each entry, sorted by path: kind, path, size, time of
 * modification in nanoseconds, SHA-256 or the link's target. Two equal pictures: nothing was touched in between.
 */
export function picture(directory: string): string[] {
	return ["", ...pathsBelow(directory).sort()].map((path) => {
		const full = join(directory, path);
		const { size, mtimeNs, ...stat } = kindOf(full);
		return [stat.kind, path || ".", size, mtimeNs, stat.content].join(" ");
	});
}

/** Links are not followed, unlike by Node's own recursive listing: one that leads up would be followed dozens of times. */
function pathsBelow(directory: string, prefix = ""): string[] {
	return readdirSync(join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
		const path = join(prefix, entry.name);
		return entry.isDirectory() ? [path, ...pathsBelow(directory, path)] : [path];
	});
}

function kindOf(path: string): { kind: string; size: bigint; mtimeNs: bigint; content: string } {
	const stat = lstatSync(path, { bigint: true });
	const { size, mtimeNs } = stat;
	if (stat.isFile()) return { kind: "file", size, mtimeNs, content: sha256(readFileSync(path)) };
	if (stat.isSymbolicLink()) return { kind: "link", size, mtimeNs, content: readlinkSync(path) };
	return { kind: stat.isDirectory() ? "directory" : "other", size, mtimeNs, content: "" };
}

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
