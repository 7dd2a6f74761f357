import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { bytesSource } from "../../src/core/files";
import { readNow } from "../../src/core/reading";
import { NotAStoreError, readStore, storeSnapshots } from "../../src/core/snapshot/catalog";
import { chainOf } from "../../src/core/snapshot/chain";
import type { Snapshot, Store } from "../../src/core/snapshot/model";
import { openImage } from "../../src/core/snapshot/openImage";
import { unpackForImage } from "../../src/core/snapshot/unpack";
import type { WalEndReason } from "../../src/core/sqlite/wal/end";
import { parseWalHeader } from "../../src/core/sqlite/wal/header";
import { scanWal } from "../../src/core/sqlite/wal/scan";
import type { Finding } from "../../src/core/verify/finding";
import type { Verification } from "../../src/core/verify/verification";
import { verifyStore } from "../../src/core/verify/verifyStore";
import { checkSchema } from "../../src/engine/integrity";
import { loadSqlite } from "../../src/engine/sqlite";
import { imageBytes } from "../support/images/openBytes";
import { quickCheck } from "../support/sqlite/oracle";
import { type Damage, sortOf } from "./damages";
import { type MemoryStore, memoryFiles, memoryOpener } from "./memoryStore";
import type { SoundStore } from "./stores";

/**
 * What a damage came to. `reported`: an error or a warning, at the file that was touched and at the place in it, at the
 * file, or elsewhere. `harmless`: every snapshot is still there and exact. The next eight: the format holds nothing to
 * tell by. `silent`: a wrong state is called exact, or a snapshot is gone without a word: a fault of ours.
 */
export const OUTCOMES = [
	"reported at its place",
	"reported at its file",
	"reported elsewhere",
	"harmless",
	"values in a base without checksum",
	"log cut after a commit",
	"newest snapshot dropped",
	"snapshot dropped that no other needs",
	"another base without checksum",
	"log of an unfinished replay dropped",
	"last commit zeroed as if never made",
	"another valid value of metadata",
	"silent",
] as const;

const WASM = readFileSync(createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm"));

export type Outcome = (typeof OUTCOMES)[number];

/** `known`: what verifying the store tells before it is damaged, from `tellOf`. */
export async function judge(sound: SoundStore, damage: Damage, known: ReadonlySet<string>): Promise<Outcome> {
	const files = memoryFiles(damage.store);
	let store: Store;
	try {
		store = await readStore(files);
	} catch (error) {
		if (error instanceof NotAStoreError) return "reported elsewhere";
		throw error;
	}
	const { findings, snapshots } = await verify(store, damage.store);
	const told = findings.filter((finding) => finding.severity !== "info" && !known.has(keyOf(finding)));
	const wrong: Uint8Array[] = [];
	const listed = storeSnapshots(store);
	for (const [at, { verdict }] of snapshots.entries()) {
		const snapshot = listed[at]!;
		if (verdict !== "exact") continue;
		const image = await reconstruct(store, snapshot, damage);
		const truth = sound.images.get(snapshot.id);
		if (!truth || !image || Buffer.compare(image, truth) !== 0) wrong.push(image ?? new Uint8Array(0));
	}
	const gone = [...sound.images.keys()].filter((id) => !listed.some((snapshot) => snapshot.id === id));
	if (told.length > 0) return placeOf(damage, told, sound);
	if (wrong.length > 0) return whyNothingTells(damage, wrong, sound);
	if (gone.length === 0) return sortOf(damage.path) === "meta" ? "another valid value of metadata" : "harmless";
	const newest = [...sound.images.keys()].at(-1);
	if (gone.every((id) => id === newest)) return "newest snapshot dropped";
	return damage.kind === "snapshot dropped" ? "snapshot dropped that no other needs" : "silent";
}

/** The findings on a store as it is. */
export async function tellOf(store: MemoryStore): Promise<ReadonlySet<string>> {
	const { findings } = await verify(await readStore(memoryFiles(store)), store);
	return new Set(findings.map(keyOf));
}

async function verify(store: Store, memory: MemoryStore): Promise<Verification> {
	const sqlite = await loadSqlite(WASM);
	return verifyStore(store, memoryOpener(memory), { checkSql: (image) => checkSchema(sqlite, image) });
}

function keyOf({ code, path }: Finding): string {
	return `${code} ${path}`;
}

/** How near to the damage the nearest finding is. */
function placeOf({ path, offset }: Damage, told: readonly Finding[], { files }: SoundStore): Outcome {
	const owner = path.replace(/\.crc32$/, "");
	const near = told.filter((finding) => {
		const at = finding.path.replace(/\.crc32$/, "");
		return at === owner || at.startsWith(`${owner}/`) || owner.startsWith(`${at}/`);
	});
	if (near.length === 0) return "reported elsewhere";
	if (offset === undefined) return "reported at its place";
	// A page with its frame's header, or where the whole file is what is damaged.
	const reach = sortOf(path) === "meta" || sortOf(path) === "sidecar" ? (files.get(path)?.byteLength ?? 0) : 536;
	const exact = near.some((finding) => Math.abs((finding.offset ?? 0) - offset) <= reach);
	return exact ? "reported at its place" : "reported at its file";
}

/** Why a wrong state that is called exact is no fault of ours, if it is none: SQLite itself finds nothing in it. */
function whyNothingTells({ kind, path, store }: Damage, wrong: readonly Uint8Array[], { layout }: SoundStore): Outcome {
	if (wrong.some((image) => !isSound(image))) return "silent";
	const sort = sortOf(path);
	if (sort === "base" && layout !== "rqlite-v10") {
		return kind === "files swapped" || kind === "file copied over another"
			? "another base without checksum"
			: "values in a base without checksum";
	}
	if (layout === "rqlite-v8" && kind === "file dropped") return "log of an unfinished replay dropped";
	if (sort === "wal" && kind === "bytes zeroed" && endOf(store.files.get(path)!) === "uncommitted") {
		return "last commit zeroed as if never made";
	}
	return sort === "wal" && ["cut", "emptied", "bytes removed"].includes(kind) ? "log cut after a commit" : "silent";
}

/** SQLite fills in the salts and the sums of frames, with zeros until then, when a transaction that rewrote a page commits. */
function endOf(wal: Uint8Array): WalEndReason {
	return readNow(scanWal(wal.byteLength, parseWalHeader(wal).pageSize), bytesSource(wal)).end.reason;
}

function isSound(image: Uint8Array): boolean {
	return quickCheck(image).join() === "ok";
}

async function reconstruct(
	store: Store,
	snapshot: Snapshot,
	{ store: { files } }: Damage,
): Promise<Uint8Array | undefined> {
	const { base, wals, pending, compacted } = chainOf(store, snapshot);
	if (!base) return undefined;
	const open = (file: typeof base) => unpackForImage(file, bytesSource(files.get(file.path)!));
	const sources = { base: await open(base), wals: await Promise.all(wals.map(open)), pending, compacted };
	const { image } = openImage(sources, snapshot.id);
	return image && imageBytes(image);
}
