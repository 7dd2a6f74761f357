import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { FileError } from "../../src/core/files";
import { NotAStoreError, readStore, storeSnapshots } from "../../src/core/snapshot/catalog";
import { chainOf } from "../../src/core/snapshot/chain";
import type { Snapshot, Store } from "../../src/core/snapshot/model";
import { openImage } from "../../src/core/snapshot/openImage";
import { nodeFiles } from "../../src/node/nodeFiles";
import { openChain } from "../../src/node/openChain";
import { verifyDirectory } from "../../src/node/verifyDirectory";
import { imageOf, restoredContents, type Scenario } from "./scenarios";

/**
 * What is wrong with a store that nobody has recovered yet, as sentences: every promised snapshot must be listed and read
 * exactly, every other one exactly or be refused.
 */
export async function judgeCrashed(directory: string, scenario: Scenario): Promise<readonly string[]> {
	const faults = judgeRestored(directory, scenario);
	const store = await read(directory);
	const snapshots = store ? storeSnapshots(store) : [];
	const missing = scenario.promised.filter((promised) => !snapshots.some(({ id }) => id === promised));
	faults.push(...missing.map((id) => `${id} is not listed`));
	for (const snapshot of snapshots) {
		const sha256 = store && (await sha256Of(directory, store, snapshot));
		if (sha256 === undefined) {
			if (scenario.promised.includes(snapshot.id)) faults.push(`${snapshot.id} is refused`);
		} else if (sha256 !== imageOf(snapshot.id)) {
			faults.push(`${snapshot.id} is wrong`);
		}
	}
	return faults;
}

/** The same for a store after its recovery: all that is listed is exact, and nothing is left over. */
export async function judgeRecovered(directory: string, scenario: Scenario): Promise<readonly string[]> {
	const store = await read(directory);
	if (!store) return ["there is no store"];
	const listed = storeSnapshots(store).map(({ id }) => id);
	const faults = [...(await judgeCrashed(directory, { ...scenario, promised: [...scenario.promised, ...listed] }))];
	if (!scenario.outcomes.some((ids) => ids.join() === listed.join())) faults.push(`listed are ${listed.join(", ")}`);
	for (const { severity, code, message } of (await verifyDirectory(directory, store)).findings) {
		// A process that is killed tells the story with salts of its own.
		if (severity !== "info" && code !== "wal-gap") faults.push(message);
	}
	const own = /^(\d+|\d+-\d+-\d+|generations|scratchpad|meta\.json|wal|base\.sqlite)$/;
	const paths = readdirSync(directory, { recursive: true, encoding: "utf8" });
	faults.push(...paths.filter((path) => !own.test(basename(path))).map((path) => `${path} is left over`));
	return faults;
}

function judgeRestored(directory: string, { restored }: Scenario): string[] {
	return restored && !restored.includes(restoredContents(directory))
		? ["the restored file is neither old nor new"]
		: [];
}

async function read(directory: string): Promise<Store | undefined> {
	try {
		return await readStore(nodeFiles(directory));
	} catch (error) {
		if (error instanceof NotAStoreError || error instanceof FileError) return undefined;
		throw error;
	}
}

/** SHA-256 of a snapshot's database; `undefined` where the reader refuses it. */
async function sha256Of(directory: string, store: Store, snapshot: Snapshot): Promise<string | undefined> {
	const chain = chainOf(store, snapshot);
	if (chain.broken.length > 0) return undefined;
	const files = await openChain(directory, chain);
	try {
		const { image, report } = openImage(files, snapshot.id);
		if (!image || report.findings.length > 0) return undefined;
		const bytes = new Uint8Array(image.sizeBytes);
		image.readInto(bytes, 0);
		return createHash("sha256").update(bytes).digest("hex");
	} finally {
		files.close();
	}
}
