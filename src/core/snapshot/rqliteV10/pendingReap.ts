import type { Files } from "../../files";
import { visible } from "../../text";
import type { Finding } from "../../verify/finding";
import { note } from "../entryFindings";
import type { PendingReap, ReapStep } from "../model";
import { readSmallFile } from "../smallFile";
import type { SnapshotId } from "../snapshotId";
import { META, REAP_PLAN } from "./fileNames";
import { storeDirectory, storePath } from "./planPaths";
import { MAX_PLAN_BYTES, parseReapPlan, type ReapOperation } from "./reapPlan";
import { parseSnapshotName } from "./snapshotName";

/** A reap that was cut short: what its plan tells, or that it cannot be read. */
export type Reap = PlannedReap | { readonly state: "unknown" };

export interface PlannedReap {
	readonly state: "planned";
	readonly pending: PendingReap;
	/** `undefined` when it only removes what is older than the newest full snapshot. */
	readonly checkpoint: ReapCheckpoint | undefined;
	/** Directories that it removes. */
	readonly removes: ReadonlySet<string>;
}

/** Where a reap moves the WALs of a chain into the database that the chain starts from. */
export interface ReapCheckpoint {
	/** Directory of the full snapshot. */
	readonly directory: string;
	/** In the order in which they apply; `undefined` for a path of the plan that leads nowhere in this store. */
	readonly wals: readonly (string | undefined)[];
	/** Directory of the snapshot whose state the database will have: that of the last WAL. */
	readonly newest: string | undefined;
	/** What the directory will be called in the end. */
	readonly target: SnapshotId | undefined;
}

/** Reads the plan that lies in a store. `findings` gets what is wrong with it. */
export async function readReap(files: Files, findings: Finding[]): Promise<Reap | undefined> {
	const plan = await readSmallFile(files, REAP_PLAN, MAX_PLAN_BYTES, parseReapPlan);
	switch (plan.state) {
		case "absent":
			return undefined;
		case "unusable":
			findings.push(plan.finding([]));
			return { state: "unknown" };
		case "unreadable":
			findings.push(
				note(
					"reap-plan-unreadable",
					"warning",
					REAP_PLAN,
					`${REAP_PLAN}, the plan of a reap that was cut short, cannot be read: ${plan.why}.`,
					"Snapshots whose files and checksums are all there can be read. A node would not start: restore the newest to a file.",
				),
			);
			return { state: "unknown" };
		case "read":
			return {
				state: "planned",
				pending: { path: REAP_PLAN, steps: plan.value.map(stepOf) },
				checkpoint: checkpointOf(plan.value),
				removes: new Set(plan.value.flatMap((o) => (o.type === "remove_all" ? (storePath(o.src) ?? []) : []))),
			};
	}
}

function checkpointOf(operations: readonly ReapOperation[]): ReapCheckpoint | undefined {
	const operation = operations.find(({ type }) => type === "checkpoint");
	if (operation?.type !== "checkpoint") return undefined;
	const directory = storeDirectory(operation.db);
	if (directory === undefined) return undefined;
	const rename = operations.find((o) => o.type === "rename" && storePath(o.src) === directory);
	return {
		directory,
		wals: operation.wals.map(storePath),
		newest: storeDirectory(operation.wals.at(-1) ?? operation.db),
		target: rename?.type === "rename" ? parseSnapshotName(storePath(rename.dst) ?? "") : undefined,
	};
}

function stepOf(operation: ReapOperation): ReapStep {
	const step = (what: string, ...paths: readonly string[]): ReapStep => ({
		what,
		paths: paths.flatMap((path) => storePath(path) ?? []),
	});
	switch (operation.type) {
		case "checkpoint": {
			const { db, wals } = operation;
			return step(`checkpoint ${wals.length} ${wals.length === 1 ? "WAL" : "WALs"} into ${shown(db)}`, db, ...wals);
		}
		case "rename":
			return step(`rename ${shown(operation.src)} to ${shown(operation.dst)}`, operation.src, operation.dst);
		case "copy_file":
			return step(`copy ${shown(operation.src)} to ${shown(operation.dst)}`, operation.src, operation.dst);
		case "calc_crc32":
			return step(`write the checksum of ${shown(operation.src)} anew`, operation.src, operation.dst);
		case "remove":
			return step(`remove the file ${shown(operation.src)}`, operation.src);
		case "remove_all":
			return step(`remove the directory ${shown(operation.src)}`, operation.src);
		case "verify_db":
			return step(`check the database ${shown(operation.src)}`, operation.src);
		case "mkdir_all":
			return step(`make the directory ${shown(operation.dst)}`, operation.dst);
		case "write_meta":
			return step(`write ${META} of ${shown(operation.dst)} anew`, operation.dst);
		case "unknown":
			return step(`do what a newer version of rqlite calls ${operation.name}`);
	}
}

/** As it is called in this store, else as it stands in the plan. */
function shown(path: string): string {
	return visible(storePath(path) ?? path);
}
