import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { FileError, type Files } from "../../../../src/core/files";
import { type DiscoverOptions, findStores } from "../../../../src/core/snapshot/discover";
import { nodeFiles } from "../../../../src/node/nodeFiles";
import { picture } from "../../../support/stores/picture";
import { temporaryDirectory } from "../../../support/stores/temporaryDirectory";
import { withErrors } from "./look";

/** A directory with directories in it. */
function tree(...paths: string[]): string {
	const directory = temporaryDirectory();
	for (const path of paths) mkdirSync(join(directory, path), { recursive: true });
	return directory;
}

async function found(directory: string, options?: DiscoverOptions) {
	const before = picture(directory);
	const { paths, complete } = await findStores(nodeFiles(directory), options);
	expect(picture(directory)).toEqual(before);
	return [...paths, ...(complete ? [] : ["and more"])];
}

const G1 = "generations/0000000001";

test("stores are found below a directory, sorted, several of them", async () => {
	expect(await found(tree(`node2/${G1}`, `node1/snapshots/${G1}`, "node1/other", `a b/<img>/${G1}`))).toEqual([
		"a b/<img>",
		"node1/snapshots",
		"node2",
	]);
});

test("the directory itself, also while it has no generation yet", async () => {
	expect(await found(tree(G1, `deeper/${G1}`))).toEqual([""]);
	expect(await found(tree("generations"))).toEqual([""]);
});

test("a generation that is being written makes a store", async () => {
	expect(await found(tree("a/generations/0000000001.tmp"))).toEqual(["a"]);
});

test("other directories named generations are none", async () => {
	const directory = tree("a/generations", "b/generations/python", "c/generations/1x", `d/generations/x/${G1}`);
	mkdirSync(join(directory, "e/generations"), { recursive: true });
	writeFileSync(join(directory, "e/generations/0000000001"), "a file");
	expect(await found(directory)).toEqual(["d/generations/x"]);
});

test("nor where the search begins: it goes on below", async () => {
	expect(await found(tree("generations/python", `data/store/${G1}`))).toEqual(["data/store"]);
});

test("nothing is looked for inside a store", async () => {
	expect(await found(tree(`a/${G1}/x/${G1}`, `a/b/${G1}`))).toEqual(["a"]);
});

test("node_modules and .git are passed over, or what is named instead", async () => {
	const directory = tree(`node_modules/a/${G1}`, `.git/${G1}`, `x/node_modules/${G1}`, `y/${G1}`);
	expect(await found(directory)).toEqual(["y"]);
	expect(await found(directory, { exclude: (name, path) => name === "y" || path === "x/node_modules" })).toEqual([
		".git",
		"node_modules/a",
	]);
});

test("links are not followed, in a circle or not", async () => {
	const directory = tree(`real/${G1}`, "loop");
	symlinkSync("../real", join(directory, "loop/inside"));
	symlinkSync("..", join(directory, "loop/up"));
	symlinkSync(tree(G1), join(directory, "outside"));
	expect(await found(directory)).toEqual(["real"]);
});

test("the search goes so deep and no deeper", async () => {
	const directory = tree(`1/2/3/${G1}`);
	expect(await found(directory, { maxDepth: 3 })).toEqual(["1/2/3"]);
	expect(await found(directory, { maxDepth: 2 })).toEqual([]);
	expect(await found(tree(`1/2/3/4/5/6/${G1}`, `1/2/3/4/5/6/7/${G1}`))).toEqual(["1/2/3/4/5/6"]);
});

test("the search ends after so many directories, nearest first, and says so; files are not counted", async () => {
	const directory = tree(`near/${G1}`, ...Array.from({ length: 30 }, (_, n) => `many/${n}`), `many/0/${G1}`);
	for (let n = 0; n < 100; n++) writeFileSync(join(directory, `file${n}`), "");
	expect(await found(directory, { maxDirectories: 3 })).toEqual(["near", "and more"]);
	expect(await found(directory, { maxDirectories: 33 })).toEqual(["many/0", "near"]);
});

test("the search ends when its time is over, and says so", async () => {
	vi.useFakeTimers({ toFake: ["Date"] });
	onTestFinished(() => void vi.useRealTimers());
	const directory = tree(`a/${G1}`, `b/c/${G1}`);
	const files = nodeFiles(directory);
	const slow: Files = {
		...files,
		list: (path) => {
			if (path === "b") vi.setSystemTime(Date.now() + 1000);
			return files.list(path);
		},
	};
	expect(await findStores(slow, { maxMilliseconds: 1001 })).toMatchObject({ paths: ["a", "b/c"], complete: true });
	expect(await findStores(slow, { maxMilliseconds: 1000 })).toMatchObject({ paths: ["a"], complete: false });
});

test("a node's data directory is found by its Raft log and its database where it holds no store", async () => {
	const directory = tree(`node1/snapshots/${G1}`, "node2/rsnapshots", "node3/deeper/node4", "raft", "web");
	for (const path of ["node1", "node2", "node3", "node3/deeper/node4"]) {
		for (const name of ["raft.db", "db.sqlite"]) writeFileSync(join(directory, path, name), "");
	}
	writeFileSync(join(directory, "raft/raft.db"), ""); // of another program that has Raft
	writeFileSync(join(directory, "web/db.sqlite"), "");
	const { paths, dataDirectories } = await findStores(nodeFiles(directory));
	expect(paths).toEqual(["node1/snapshots"]);
	expect(dataDirectories).toEqual(["node2", "node3", "node3/deeper/node4"]);
	expect((await findStores(nodeFiles(join(directory, "node2")))).dataDirectories).toEqual([""]);
});

test("the store right below a data directory is found however shallow the search is", async () => {
	const directory = tree(`node1/snapshots/${G1}`, `node1/a/b/${G1}`);
	for (const name of ["raft.db", "db.sqlite"]) writeFileSync(join(directory, "node1", name), "");
	const { paths, dataDirectories } = await findStores(nodeFiles(directory), { maxDepth: 1 });
	expect([paths, dataDirectories]).toEqual([["node1/snapshots"], []]);
	expect(await found(join(directory, "node1"), { maxDepth: 0 })).toEqual(["snapshots"]);
});

test("a directory that cannot be read is passed over; the first one is an error", async () => {
	const directory = tree(`a/${G1}`, `b/${G1}`);
	const denied = (path: string) => ({ [path]: new FileError("no-permission", path, "no permission") });
	const without = (path: string) => findStores(withErrors(nodeFiles(directory), denied(path)));
	expect((await without("a")).paths).toEqual(["b"]);
	expect((await without("a/generations")).paths).toEqual(["b"]);
	await expect(without("")).rejects.toThrow(FileError);
});

test("the search can be cancelled", async () => {
	await expect(found(tree("a"), { cancel: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});
