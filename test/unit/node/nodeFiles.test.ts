import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FileError } from "../../../src/core/files";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

/** A directory with a file, links of every kind, and a pipe. */
function given() {
	const top = temporaryDirectory();
	// A directory whose name begins with that of the other one.
	const [directory, outside] = [join(top, "store"), join(top, "store-beside")];
	mkdirSync(outside);
	writeFileSync(join(outside, "secret"), "secret");
	mkdirSync(join(directory, "inner"), { recursive: true });
	writeFileSync(join(directory, "inner", "file"), "0123456789");
	const link = (target: string, path: string) => symlinkSync(target, join(directory, path));
	link("inner/file", "to-file");
	link("inner", "to-directory");
	link(join(outside, "secret"), "to-secret");
	link(outside, "to-outside");
	link("nowhere", "to-nowhere");
	link("to-itself", "to-itself");
	link(".", "to-top");
	execFileSync("mkfifo", [join(directory, "pipe")]);
	return { directory, files: nodeFiles(directory) };
}

async function faultOf(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => undefined,
		(error: unknown) => error,
	);
	return error instanceof FileError ? `${error.code} ${error.path}: ${error.message}` : `not a FileError: ${error}`;
}

test("kinds of entries, links by what they lead to", async () => {
	const { directory, files } = given();
	const before = picture(directory);
	const entries = (await files.list("")).map(({ name, kind, link }) => `${name} ${kind}${link ? " link" : ""}`).sort();
	const stats = await Promise.all(
		["inner/file", "to-file", "to-secret", "to-itself", "pipe", "gone", "inner/file/below", "to-outside"].map(
			async (path) => {
				const stat = await files.stat(path);
				return stat?.kind === "file" ? `file ${stat.sizeBytes}` : stat?.kind;
			},
		),
	);

	expect(entries).toEqual([
		"inner directory",
		"pipe other",
		"to-directory directory link",
		"to-file file link",
		"to-itself link-broken link",
		"to-nowhere link-broken link",
		"to-outside link-outside link",
		"to-secret link-outside link",
		"to-top directory link",
	]);
	expect(stats).toEqual([
		"file 10",
		"file 10",
		"link-outside",
		"link-broken",
		"other",
		undefined,
		undefined,
		"link-outside",
	]);
	expect(picture(directory)).toEqual(before);
});

test("any range of a file, fewer bytes at its end", async () => {
	const { files } = given();
	const text = async (path: string, offset: number, length: number) =>
		Buffer.from(await files.read(path, offset, length)).toString();
	expect([
		await text("inner/file", 2, 3),
		await text("to-directory/file", 8, 9),
		await text("to-file", 99, 9),
		await text("inner/file", 0, 0),
	]).toEqual(["234", "89", "", ""]);
});

test("each error says what is wrong with which path", async () => {
	const { directory, files } = given();
	expect(
		await Promise.all([
			faultOf(files.read("gone", 0, 1)),
			faultOf(files.read("inner", 0, 1)),
			faultOf(files.list("inner/file")),
			faultOf(files.list("gone")),
			faultOf(files.read("to-secret", 0, 1)),
			faultOf(files.read("to-outside/secret", 0, 1)),
			faultOf(files.list("to-outside")),
			faultOf(files.read("to-itself", 0, 1)),
			faultOf(nodeFiles(join(directory, "gone")).list("")),
		]),
	).toEqual([
		"not-found gone: gone is not there.",
		"not-a-file inner: inner is a directory where a file should be.",
		"not-a-directory inner/file: inner/file is no directory.",
		"not-found gone: gone is not there.",
		"outside to-secret: to-secret leads out of the store; it is not followed.",
		"outside to-outside/secret: to-outside/secret leads out of the store; it is not followed.",
		"outside to-outside: to-outside leads out of the store; it is not followed.",
		expect.stringMatching(/^unreadable to-itself: to-itself cannot be read: ELOOP/),
		"not-found : The directory is not there.",
	]);
});
