import * as vscode from "vscode";
import { type Entry, type EntryKind, FileError, type Files, type Stat } from "../core/files";
import { visible } from "../core/text";

/** `vscode.workspace.fs` reads whole files only: no larger one is read. */
const MAX_FILE_BYTES = 64 << 20;

/**
 * Files below a directory of any file system that VS Code has a provider for. A symbolic link is not followed: there
 * is no way to ask where it leads.
 */
export function workspaceFiles(directory: vscode.Uri): Files {
	const fs = vscode.workspace.fs;
	const at = (path: string): vscode.Uri => (path === "" ? directory : vscode.Uri.joinPath(directory, path));
	/** The file read last: a file is asked for in pieces, and each would read all of it again. */
	let last: { readonly path: string; readonly stamp: string; readonly bytes: Uint8Array } | undefined;

	return {
		name: directory.path.slice(directory.path.lastIndexOf("/") + 1),
		async list(path: string): Promise<readonly Entry[]> {
			const entries = await attempt(path, fs.readDirectory(at(path)));
			return entries.map(([name, type]) => ({ name, kind: kindOf(type), link: isLink(type) }));
		},
		async stat(path: string): Promise<Stat | undefined> {
			try {
				const { type, size, mtime } = await attempt(path, fs.stat(at(path)));
				return { kind: kindOf(type), sizeBytes: size, modifiedAt: mtime };
			} catch (error) {
				if (error instanceof FileError && error.code === "not-found") return undefined;
				throw error;
			}
		},
		async read(path: string, offset: number, length: number): Promise<Uint8Array> {
			const stat = await attempt(path, fs.stat(at(path)));
			if (kindOf(stat.type) === "link-outside") {
				throw new FileError("outside", path, `${visible(path)} is a symbolic link, which is not followed here`);
			}
			if (stat.size > MAX_FILE_BYTES) {
				const limit = MAX_FILE_BYTES >> 20;
				throw new FileError(
					"unreadable",
					path,
					`${visible(path)} is larger than ${limit} MiB, the most that is read here`,
				);
			}
			const stamp = `${stat.size} ${stat.mtime}`;
			if (last?.path !== path || last.stamp !== stamp) {
				last = { path, stamp, bytes: await attempt(path, fs.readFile(at(path))) };
			}
			return last.bytes.slice(offset, offset + length);
		},
	};
}

function kindOf(type: vscode.FileType): EntryKind {
	if (isLink(type)) return "link-outside";
	if (type & vscode.FileType.Directory) return "directory";
	return type & vscode.FileType.File ? "file" : "other";
}

function isLink(type: vscode.FileType): boolean {
	return (type & vscode.FileType.SymbolicLink) !== 0;
}

async function attempt<Result>(path: string, work: Thenable<Result>): Promise<Result> {
	try {
		return await work;
	} catch (error) {
		const code = error instanceof vscode.FileSystemError ? (CODES.get(error.code) ?? "unreadable") : "unreadable";
		throw new FileError(code, path, `${visible(path)}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

const CODES = new Map<string, FileError["code"]>([
	["FileNotFound", "not-found"],
	["NoPermissions", "no-permission"],
	["FileNotADirectory", "not-a-directory"],
	["FileIsADirectory", "not-a-file"],
]);
