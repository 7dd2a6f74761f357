// Plays one scenario, and kills itself at a call. usage: killed.cjs <scenario> <store> <call> <kept|torn>

import { type Disk, type DiskFile, nodeDisk } from "../../src/store/disk/disk";
import { SCENARIOS } from "./scenarios";

const [name, directory, lastCall, end] = process.argv.slice(2);
let calls = 0;

/** Counts a call; does not come back from the last one. */
async function count(): Promise<void> {
	if (++calls < Number(lastCall)) return;
	process.kill(process.pid, "SIGKILL");
	await new Promise(() => {});
}

function mortalFile(file: DiskFile): DiskFile {
	return {
		async write(bytes, offset) {
			if (end === "torn" && calls + 1 === Number(lastCall))
				await file.write(bytes.subarray(0, bytes.byteLength >> 1), offset);
			await count();
			return file.write(bytes, offset);
		},
		truncate: (sizeBytes) => count().then(() => file.truncate(sizeBytes)),
		sync: () => count().then(() => file.sync()),
		close: () => file.close(),
	};
}

const disk: Disk = {
	makeDirectory: (path) => count().then(() => nodeDisk.makeDirectory(path)),
	createFile: (path) => count().then(async () => mortalFile(await nodeDisk.createFile(path))),
	changeFile: (path) => count().then(async () => mortalFile(await nodeDisk.changeFile(path))),
	syncDirectory: (path) => count().then(() => nodeDisk.syncDirectory(path)),
	rename: (from, to) => count().then(() => nodeDisk.rename(from, to)),
	removeFile: (path) => count().then(() => nodeDisk.removeFile(path)),
	removeDirectory: (path) => count().then(() => nodeDisk.removeDirectory(path)),
};

const scenario = SCENARIOS.find((each) => each.name === name);
if (!scenario || directory === undefined) throw new Error(`usage: <scenario> <store> <call> <kept|torn>`);
scenario.act(directory, disk).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
