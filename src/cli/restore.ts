import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { visible } from "../core/text";
import { liesIn } from "../node/liesIn";
import { type WriteOptions, writeDatabaseFile } from "../store/writeDatabaseFile";
import { Failure, oneLine } from "./failure";
import { interruptible } from "./interruptible";
import { locateSnapshot, locateStore } from "./locate";
import { openSnapshot } from "./openSnapshot";
import type { Output } from "./output";

export interface RestoreOptions {
	readonly json: boolean;
	readonly store: string | undefined;
	readonly allowDamaged: boolean;
	readonly output: string;
	/** Replace a file that is there. */
	readonly force: boolean;
}

/** `snapstore restore`: writes a snapshot as one SQLite file, byte for byte what SQLite's own checkpoint makes. */
export async function restore(directory: string, id: string, options: RestoreOptions, output: Output): Promise<void> {
	const located = await locateStore(directory, options.store);
	const snapshot = locateSnapshot(located, id);
	const target = resolve(options.output);
	checkTarget(target, located.directory, options.force);
	const { image, report, warnings, confirm, close } = await openSnapshot(located, snapshot, {
		...options,
		checkBase: true,
	});
	for (const warning of warnings) output.warn(warning);
	try {
		// Until here nothing has been written, and the process may end at once.
		const sha256 = await interruptible(`Cancelled; ${visible(options.output)} was not written.`, (cancel) =>
			write(image, target, { cancel, confirm: async () => confirm() }),
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
	options: WriteOptions,
): Promise<string> {
	try {
		return await writeDatabaseFile(image, target, options);
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new Failure(1, `${visible(target)} cannot be written: ${oneLine(error)}`);
	}
}

function checkTarget(target: string, store: string, force: boolean): void {
	if (!existsSync(dirname(target))) throw new Failure(2, `${visible(dirname(target))} is not there.`);
	if (liesIn(store, target)) {
		throw new Failure(1, `${visible(target)} lies in the store, which is only read. Choose another place.`);
	}
	if (!existsSync(target)) return;
	if (!statSync(target).isFile())
		throw new Failure(1, `${visible(target)} is a directory or a device. Name another place.`);
	if (!force)
		throw new Failure(1, `${visible(target)} is there already. Choose another name, or replace it with --force.`);
}
