import { type Cancellation, type Files, joinPath } from "../../core/files";
import { FormatError } from "../../core/formatError";
import { type ReadRequest, readLater } from "../../core/reading";
import type { Generation, StoreFile } from "../../core/snapshot/model";
import { DATABASE_HEADER_SIZE, parseDatabaseHeader } from "../../core/sqlite/databaseHeader";
import { PageMap } from "../../core/sqlite/image/pageMap";
import { isDamage } from "../../core/sqlite/wal/end";
import { scanWal } from "../../core/sqlite/wal/scan";
import { baseHeaderFinding, imageFinding, walFinding } from "../../core/verify/fileFindings";
import type { Finding } from "../../core/verify/finding";
import { checkpointingPath } from "./finishReap";
import type { MaintenanceStep } from "./maintenance";

export type MendedChain =
	| {
			readonly steps: readonly MaintenanceStep[];
			/** The generation as the steps leave it. */
			readonly after: Generation;
	  }
	/** Why the WALs that a reap left cannot be put in their place. */
	| { readonly finding: Finding };

/**
 * Puts the WALs that somebody's reap left beside the base where they belong: that of a snapshot whose directory is still
 * listed goes back into it, the others are checkpointed in the order in which they apply. The chain of every listed
 * snapshot is the same before and after each step. All of these WALs are read first, and must be sound.
 */
export async function mendChain(files: Files, generation: Generation, cancel?: Cancellation): Promise<MendedChain> {
	const { base, pending, snapshots } = generation;
	if (!base || pending.length === 0) return { steps: [], after: generation };
	const last = pending.at(-1);
	const owner = snapshots.find(({ files }) => files.some(({ path }) => path === last?.path));
	const finding = await findFault(files, base, owner ? pending.slice(0, -1) : pending, owner && last, cancel);
	if (finding) return { finding };

	const steps: MaintenanceStep[] = [];
	const checkpointing = checkpointingPath(generation);
	for (const { path } of owner ? pending.slice(0, -1) : pending) {
		if (path !== checkpointing) steps.push({ step: "move-wal", path, to: checkpointing });
		steps.push({ step: "checkpoint", path: checkpointing, into: base.path });
	}
	if (!owner || !last) return { steps, after: { ...generation, pending: [] } };
	const to = joinPath(owner.path, "wal");
	const back = { ...owner, files: [{ ...last, path: to }] };
	const after = {
		...generation,
		pending: [],
		snapshots: snapshots.map((snapshot) => (snapshot === owner ? back : snapshot)),
	};
	return { steps: [...steps, { step: "move-wal", path: last.path, to }], after };
}

/** What makes the base, the WALs to be checkpointed, or the one to be given back unfit for that. */
async function findFault(
	files: Files,
	base: StoreFile,
	checkpointed: readonly StoreFile[],
	givenBack: StoreFile | undefined,
	cancel?: Cancellation,
): Promise<Finding | undefined> {
	try {
		const header = parseDatabaseHeader(await files.read(base.path, 0, DATABASE_HEADER_SIZE));
		for (const { path, sizeBytes } of givenBack ? [...checkpointed, givenBack] : checkpointed) {
			const read = ({ offset, length }: ReadRequest) => files.read(path, offset, length);
			const scan = await readLater(scanWal(sizeBytes, header.pageSize), read, cancel);
			if (isDamage(scan.end)) return walFinding(path, scan.end, []);
		}
		if (checkpointed.length > 0) return undefined;
		// With its WAL gone from beside it, the base must stand on its own again.
		const map = new PageMap(header.pageSize, Math.floor(base.sizeBytes / header.pageSize));
		const finding = imageFinding(map, { base: base.path, header, lastLog: undefined, snapshots: [] });
		return await readLater(finding, ({ offset, length }) => files.read(base.path, offset, length));
	} catch (error) {
		if (error instanceof FormatError) return baseHeaderFinding(base.path, error, []);
		throw error;
	}
}
