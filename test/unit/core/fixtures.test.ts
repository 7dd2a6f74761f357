import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readNow } from "../../../src/core/reading";
import { findSnapshot, readStore, storeSnapshots } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import type { Store } from "../../../src/core/snapshot/model";
import { openImage } from "../../../src/core/snapshot/openImage";
import { scanWal } from "../../../src/core/sqlite/wal/scan";
import { openFileSource } from "../../../src/node/fileSource";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openChain } from "../../../src/node/openChain";
import { verifyDirectory } from "../../../src/node/verifyDirectory";
import { imageBytes } from "../../support/images/openBytes";
import { projectRoot } from "../../support/projectRoot";
import { picture } from "../../support/stores/picture";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

// Stores that other programs wrote, each with a description of what is in it, where there are any beside the project.

interface Expected {
	readonly layout: string;
	readonly healthy: boolean;
	readonly generations: readonly string[] | null;
	readonly newest?: string | null;
	readonly fullNeeded: boolean;
	readonly snapshots: readonly ExpectedSnapshot[];
	readonly defects?: readonly Defect[];
	readonly emptyDirs?: readonly string[];
	readonly wals?: Readonly<Record<string, ExpectedWal>>;
}

interface ExpectedSnapshot {
	readonly id: string;
	readonly full: boolean;
	readonly imageSha256?: string;
	/** Whether all bytes that it needs are there and whole. */
	readonly chainIntact?: boolean;
	readonly directoryPresent?: boolean;
}

interface Defect {
	readonly kind: string;
	readonly path: string;
	readonly detail: string;
	readonly affects?: readonly string[] | null;
}

/** Of a log without bytes only its size is given; behind a bad header no frames are looked for. */
interface ExpectedWal {
	readonly pageSize?: number;
	readonly headerChecksumOk?: boolean;
	readonly framesInFile?: number;
	readonly framesCommitted?: number;
	readonly commitPageCounts?: readonly number[];
}

/** Damage that the files alone do not prove, or that only the database in them shows. */
const UNPROVEN = new Set([
	"base-damage",
	"emptied-wal",
	"missing-snapshot",
	"foreign-wal",
	"out-of-order",
	"id-mismatch",
	"full-flag",
	"meta-trailing-data",
]);
/** Damage to what is said about a snapshot, not to its data: the directory's name stands in. */
const METADATA = new Set(["bad-meta", "missing-meta"]);

/** By the names that the descriptions use; only stores themselves, no directories that hold them. */
const LAYOUTS: Readonly<Record<string, string>> = {
	generations: "generations",
	"v8-v9": "rqlite-v8",
	v7: "rqlite-v7",
};

const fixtures = join(projectRoot, "..", "shared", "fixtures");
const known = (existsSync(fixtures) ? readdirSync(fixtures) : [])
	.filter((name) => name.endsWith(".expected.json"))
	.map((name): [string, Expected] => [
		name.slice(0, -".expected.json".length),
		JSON.parse(readFileSync(join(fixtures, name), "utf8")),
	])
	.filter(([, { layout }]) => layout in LAYOUTS);

/** A copy of a fixture, with the empty directories that belong to it, and what links in it point at beside it. */
function copyOf(name: string, { emptyDirs = [] }: Expected): string {
	const copies = temporaryDirectory();
	for (const part of [name, "_outside"]) {
		const source = join(fixtures, part);
		if (existsSync(source)) cpSync(source, join(copies, part), { recursive: true, verbatimSymlinks: true });
	}
	const directory = join(copies, name);
	for (const path of ["", ...emptyDirs]) mkdirSync(join(directory, path), { recursive: true });
	return directory;
}

/** The SHA-256 of a snapshot's image, `undefined` where it is refused. */
async function restored(directory: string, store: Store, id: string): Promise<string | undefined> {
	const snapshot = findSnapshot(store, id);
	if (!snapshot) return undefined;
	const chain = chainOf(store, snapshot);
	if (chain.broken.length > 0) return undefined;
	const files = await openChain(directory, chain);
	try {
		const { image, report } = openImage(files, id);
		if (!image || report.findings.length > 0) return undefined;
		return createHash("sha256").update(imageBytes(image)).digest("hex");
	} finally {
		files.close();
	}
}

function isNear(a: string, b: string): boolean {
	return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

if (known.length === 0) {
	test.skip("skipped: there are no fixtures beside the project", () => {});
} else {
	describe.each(known)("%s", (name, expected) => {
		const defects = expected.defects ?? [];
		const affecting = (id: string) => defects.filter(({ affects }) => affects?.includes(id));
		const listed = expected.snapshots.filter(({ directoryPresent }) => directoryPresent !== false);

		test("is listed, restored and verified as it is described, and left alone", async () => {
			const directory = copyOf(name, expected);
			const before = picture(directory);
			const files = nodeFiles(directory);
			const store = await readStore(files);
			const ids = storeSnapshots(store).map(({ id, kind }) => `${id} ${kind}`);

			expect(store.layout).toBe(LAYOUTS[expected.layout]);
			if (expected.healthy) {
				expect(ids).toEqual(listed.map(({ id, full }) => `${id} ${full ? "full" : "incremental"}`));
				expect(store.newest?.id ?? null).toBe(expected.newest === undefined ? listed.at(-1)?.id : expected.newest);
			}
			if (expected.healthy && expected.layout === "generations") {
				const names = store.generations.map(({ name }) => name);
				expect([names, store.fullNeeded]).toEqual([expected.generations ?? [], expected.fullNeeded]);
			}
			for (const { id, imageSha256, chainIntact } of listed) {
				const causes = affecting(id);
				if (imageSha256 === undefined || causes.some(({ kind }) => UNPROVEN.has(kind))) continue;
				const whole = causes.every(({ kind }) => METADATA.has(kind));
				// The state of a full snapshot is gone once a reap has begun to change its base.
				if (whole && (chainIntact ?? true))
					expect([id, await restored(directory, store, id)]).toEqual([id, imageSha256]);
				else expect([undefined, imageSha256]).toContain(await restored(directory, store, id));
				if (!whole) expect([id, await restored(directory, store, id)]).toEqual([id, undefined]);
			}

			const { findings } = await verifyDirectory(directory, store);
			const errors = findings.filter(({ severity }) => severity === "error");
			const proven = defects.some(({ kind, affects }) => !UNPROVEN.has(kind) && (affects ?? []).length > 0);
			if (expected.healthy) expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
			if (proven) expect(errors).not.toEqual([]);
			for (const { kind, path } of defects) {
				if (UNPROVEN.has(kind) && kind !== "id-mismatch" && kind !== "full-flag") continue;
				expect(findings.filter((finding) => isNear(finding.path, path))).not.toEqual([]);
			}
			expect(picture(directory)).toEqual(before);
		});

		const wals = Object.entries(expected.wals ?? {});
		if (wals.length === 0) return;
		test("has the frames that are described", () => {
			const sizes = wals.map(([path, { pageSize = 0 }]) => {
				const source = openFileSource(join(fixtures, name, path), path);
				const { frames, framesApplied, pageCount } = readNow(scanWal(source.sizeBytes, pageSize), source);
				source.close();
				return [path, frames, framesApplied, pageCount];
			});
			expect(sizes).toEqual(
				wals.map(([path, wal]) => [
					path,
					wal.headerChecksumOk ? wal.framesInFile : 0,
					wal.framesCommitted ?? 0,
					wal.commitPageCounts?.at(-1) ?? 0,
				]),
			);
		});
	});
}
