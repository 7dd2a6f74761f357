import { statSync } from "node:fs";
import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import { FileError } from "../../core/files";
import { visible } from "../../core/text";
import { liesIn } from "../../node/liesIn";
import { type WriteOptions, writeDatabaseFile } from "../../store/disk/writeDatabaseFile";
import { Failure, oneLine } from "../failure";
import { interruptible } from "../interruptible";
import { locateSnapshot, locateStore } from "../open/locate";
import { type LocatedLive, locateLive } from "../open/locateLive";
import { openLive } from "../open/openLive";
import { type OpenSnapshot, openSnapshot } from "../open/openSnapshot";
import { openStream } from "../open/openStream";
import type { Output } from "../output/output";
import { checkTarget } from "../target";

export interface RestoreOptions {
	readonly json: boolean;
	readonly allowDamaged: boolean;
	readonly output: string;
	/** Replace a file that is there. */
	readonly force: boolean;
}

/** `snapstore restore <dir> <snapshot>`: writes a snapshot of a store as one SQLite file. */
export async function restoreSnapshot(
	directory: string,
	id: string,
	options: RestoreOptions & { readonly store: string | undefined },
	output: Output,
): Promise<void> {
	if (id === LIVE_ID) return restoreLive(await locateLive(directory, options.store), options, output);
	const located = await locateStore(directory, options.store);
	const snapshot = locateSnapshot(located, id);
	const target = checkTarget(options, (path) =>
		liesIn(located.directory, path) ? "lies in the store, which is only read" : undefined,
	);
	await restore(await openSnapshot(located, snapshot, { ...options, checkBase: true }), target, options, output);
}

/** The live database of a data directory as one SQLite file. */
async function restoreLive(live: LocatedLive, options: RestoreOptions, output: Output): Promise<void> {
	const target = checkTarget(options, (path) =>
		liesIn(live.directory, path) ? "lies in the node's data directory, which is only read" : undefined,
	);
	await restore(await openLive(live), target, options, output);
}

/** `snapstore restore <stream file>`: writes the snapshot that a stream in a file holds as one SQLite file. */
export async function restoreStream(path: string, options: RestoreOptions, output: Output): Promise<void> {
	const target = checkTarget(options, (file) =>
		isSameFile(path, file) ? "is the stream itself, which is only read" : undefined,
	);
	await restore(await openStream(path, options), target, options, output);
}

/** Writes an open snapshot, byte for byte what SQLite's own checkpoint makes, and closes it. */
async function restore(
	{ image, report, warnings, confirm, close }: OpenSnapshot,
	target: string,
	options: RestoreOptions,
	output: Output,
): Promise<void> {
	for (const warning of warnings) output.warn(warning);
	try {
		// Until here nothing has been written, and the process may end at once.
		const sha256 = await interruptible(`Cancelled; ${visible(options.output)} was not written.`, (cancel) =>
			write(image, target, { cancel, confirm }),
		);
		const wals = report.wals.map(({ path, frames, framesApplied, end }) => ({
			path,
			frames,
			framesApplied,
			stopped: end?.reason ?? null,
		}));
		const { pageSize, pageCount } = image;
		const answer = {
			file: target,
			bytes: image.sizeBytes,
			pageSize,
			pageCount,
			sha256,
			base: report.base.path,
			wals,
			warnings,
		};
		await output.write(
			options.json ? `${JSON.stringify(answer)}\n` : `${visible(target)}: ${answer.bytes} bytes, SHA-256 ${sha256}\n`,
		);
	} finally {
		close();
	}
}

async function write(
	image: Parameters<typeof writeDatabaseFile>[0],
	target: string,
	options: Pick<WriteOptions, "cancel"> & Pick<OpenSnapshot, "confirm">,
): Promise<string> {
	try {
		return await writeDatabaseFile(image, target, options);
	} catch (error) {
		if (error instanceof Failure) throw error;
		if (error instanceof FileError) await options.confirm(); // a file of the snapshot, perhaps cut meanwhile
		throw new Failure(1, `${visible(target)} cannot be written: ${oneLine(error)}`);
	}
}

/** Whether two paths lead to one file, by links or by names that the file system takes for the same. */
function isSameFile(path: string, other: string): boolean {
	const [one, two] = [identityOf(path), identityOf(other)];
	return one !== undefined && one === two;
}

function identityOf(path: string): string | undefined {
	try {
		const { dev, ino } = statSync(path, { bigint: true });
		return `${dev} ${ino}`;
	} catch {
		return undefined; // not there, or not to be seen: opening it says why
	}
}
