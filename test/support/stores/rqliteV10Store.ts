import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compactWal } from "../sqlite/compactWal";
import { type DatabaseOptions, LiveDatabase } from "../sqlite/liveDatabase";
import { checkpoint } from "../sqlite/oracle";
import { crc32c, sidecarText } from "./crc32c";
import { metaTextOf } from "./meta";
import type { BuiltSnapshot } from "./storeBuilder";

/**
 * How far a node came with a reap before it was stopped: its plan is on disk; so many WALs are in the database; the next
 * one lies beside it; all are; the checksum file is written anew; the directories that it replaces are removed, its
 * `meta.json` is written anew, it is renamed; the plan is removed.
 */
export type ReapStage =
	| "planned"
	| { readonly wals: number; readonly beside?: boolean }
	| "checkpointed"
	| "summed"
	| "removed"
	| "described"
	| "renamed"
	| "done";

const STAGES = ["planned", "checkpointed", "summed", "removed", "described", "renamed", "done"] as const;

/** Where the node of these stores has them: not where they are. */
export const NODE_PATH = "/var/lib/rqlite/node1/wsnapshots";

/** Writes a store in the layout of rqlite 10, as a node does. Answers the snapshots in the order in which they were written. */
export function buildRqliteV10(
	directory: string,
	tell: (store: RqliteV10Builder) => void,
	options: DatabaseOptions = {},
): BuiltSnapshot[] {
	const store = new RqliteV10Builder(directory, new LiveDatabase(options));
	try {
		tell(store);
		return store.snapshots;
	} finally {
		store.database.close();
	}
}

/** Writes a full snapshot and one that follows it, and the plan of a reap of which nothing has been done. */
export function buildPlannedReap(directory: string): void {
	buildRqliteV10(directory, (store) => {
		store.database.run("create table t(a)");
		store.full("2-7-1000");
		store.database.run("insert into t values(1)");
		store.incremental("2-9-2000");
		store.reap("2-9-5000", "planned");
	});
}

/** A full snapshot and what goes on from it. Paths are relative to the store. */
interface Chain {
	readonly id: string;
	readonly base: Uint8Array;
	readonly wals: { readonly id: string; readonly path: string; readonly bytes: Uint8Array }[];
}

export class RqliteV10Builder {
	readonly snapshots: BuiltSnapshot[] = [];
	readonly #chains: Chain[] = [];
	#staged: { readonly name: string; readonly bytes: Uint8Array }[] = [];
	#counter = 0;
	#nanoseconds = BigInt(Date.UTC(2026, 10, 23, 8)) * 1_000_000n;

	constructor(
		readonly directory: string,
		readonly database: LiveDatabase,
	) {
		mkdirSync(directory, { recursive: true });
	}

	/** A full snapshot without WALs. */
	full(id: string): BuiltSnapshot {
		const image = this.database.file();
		this.#chains.push({ id, base: image, wals: [] });
		this.#describe(id);
		this.#writeData(`${id}/data.db`, image);
		return this.#listed(id, id, `${id}/data.db`, image);
	}

	/** What a follower stores when its leader sends the newest snapshot: a full one, with the WALs of the leader's chain. */
	received(id: string): BuiltSnapshot {
		const { base, wals } = this.#chain;
		const chain: Chain = { id, base, wals: [] };
		this.#chains.push(chain);
		this.#describe(id);
		this.#writeData(`${id}/data.db`, base);
		for (const [position, { bytes }] of wals.entries()) {
			this.#addWal(chain, id, `data-${String(position).padStart(8, "0")}.wal`, bytes);
		}
		return this.#listed(id, id, `${id}/data.db`, this.database.file());
	}

	/** A WAL for the next incremental snapshot, as an attempt leaves it that got no further. Answers its name. */
	stage(): string {
		const bytes = compactWal(this.database.cutWal());
		this.#nanoseconds += 1_000_000_000n;
		const name = `${String(this.#nanoseconds).padStart(24, "0")}-${String(++this.#counter).padStart(6, "0")}.wal`;
		this.#staged.push({ name, bytes });
		return name;
	}

	/** An incremental snapshot of what changed since the one before: what was staged, and one WAL more. */
	incremental(id: string): BuiltSnapshot {
		this.stage();
		const chain = this.#chain;
		this.#describe(id);
		for (const { name, bytes } of this.#staged) this.#addWal(chain, id, name, bytes);
		this.#staged = [];
		return this.#listed(id, chain.id, chain.wals.at(-1)!.path, this.database.file());
	}

	/** The node starts anew: so do SQLite's salts and the counter in the names of WALs. */
	restart(): void {
		this.database.restart();
		this.#counter = 0;
	}

	/** An attempt that failed before it had written its WAL: a number is used up. */
	skipCounter(): void {
		this.#counter++;
	}

	/** A reap of the newest chain, up to a stage. `id`: what the full snapshot is called in the end. */
	reap(id: string, until: ReapStage = "done"): void {
		const { id: full, base, wals } = this.#chain;
		const older = this.#chains.slice(0, -1).flatMap((chain) => [chain.id, ...ownersOf(chain)]);
		const replaced = [...ownersOf(this.#chain).filter((owner) => owner !== full), ...older];
		const meta = metaTextOf(id).trimEnd();
		this.#write("REAP_PLAN", planText({ full, id, wals: wals.map(({ path }) => path), replaced, meta }));

		const reached = (stage: (typeof STAGES)[number]) =>
			typeof until === "string" && STAGES.indexOf(until) >= STAGES.indexOf(stage);
		const moved = typeof until !== "string" ? until.wals : reached("checkpointed") ? wals.length : 0;
		const image = checkpoint(
			base,
			wals.slice(0, moved).map(({ bytes }) => bytes),
		);
		this.#write(`${full}/data.db`, image);
		for (const { path } of wals.slice(0, moved)) rmSync(this.#place(path));
		if (typeof until !== "string" && until.beside) {
			renameSync(this.#place(wals[moved]!.path), this.#place(`${full}/data.db-wal`));
		}
		if (reached("summed")) this.#write(`${full}/data.db.crc32`, sidecarText(crc32c(image)));
		if (reached("removed")) for (const gone of replaced) rmSync(this.#place(gone), { recursive: true });
		if (reached("described")) this.#write(`${full}/meta.json`, meta);
		if (reached("renamed")) renameSync(this.#place(full), this.#place(id));
		if (reached("done")) rmSync(this.#place("REAP_PLAN"));
		this.snapshots.push({ id, generation: id, path: id, file: `${id}/data.db`, image: this.database.file() });
	}

	get #chain(): Chain {
		const chain = this.#chains.at(-1);
		if (!chain) throw new Error("the first snapshot is a full one");
		return chain;
	}

	#addWal(chain: Chain, id: string, name: string, bytes: Uint8Array): void {
		const path = `${id}/${name}`;
		this.#writeData(path, bytes);
		chain.wals.push({ id, path, bytes });
	}

	#listed(id: string, generation: string, file: string, image: Uint8Array): BuiltSnapshot {
		const snapshot = { id, generation, path: id, file, image };
		this.snapshots.push(snapshot);
		return snapshot;
	}

	#describe(id: string): void {
		mkdirSync(this.#place(id));
		this.#write(`${id}/meta.json`, metaTextOf(id));
	}

	#writeData(path: string, bytes: Uint8Array): void {
		this.#write(path, bytes);
		this.#write(`${path}.crc32`, sidecarText(crc32c(bytes)));
	}

	#write(path: string, content: string | Uint8Array): void {
		writeFileSync(this.#place(path), content);
	}

	#place(path: string): string {
		return join(this.directory, path);
	}
}

/** Directories of the snapshots that hold a chain's WALs, oldest first. */
function ownersOf({ wals }: Chain): readonly string[] {
	return [...new Set(wals.map(({ id }) => id))];
}

interface Plan {
	readonly full: string;
	readonly id: string;
	readonly wals: readonly string[];
	readonly replaced: readonly string[];
	/** JSON. */
	readonly meta: string;
}

/** The text of a plan as rqlite writes it. */
function planText({ full, id, wals, replaced, meta }: Plan): string {
	const at = (path: string) => `${NODE_PATH}/${path}`;
	const database = at(`${full}/data.db`);
	const removals = replaced.map((path) => ({ type: "remove_all", src: at(path) }));
	if (wals.length === 0) return JSON.stringify({ ops: removals, n_reaped: removals.length });
	const ops = [
		{ type: "checkpoint", wals: wals.map(at), db: database },
		{ type: "calc_crc32", src: database, dst: `${database}.crc32` },
		...removals,
		{ type: "write_meta", dst: at(full), data: JSON.parse(meta) as unknown },
		{ type: "verify_db", src: database },
		{ type: "rename", src: at(full), dst: at(id) },
	];
	return JSON.stringify({ ops, n_reaped: removals.length, n_checkpointed: wals.length });
}
