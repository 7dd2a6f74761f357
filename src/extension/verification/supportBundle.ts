import type { Files } from "../../core/files";
import type { StoreFile } from "../../core/snapshot/model";
import { DATABASE_HEADER_SIZE, parseDatabaseHeader } from "../../core/sqlite/databaseHeader";
import { parseWalHeader, WAL_HEADER_SIZE } from "../../core/sqlite/wal/header";
import type { Report } from "../../protocol/report";
import type { Result } from "./verifier";

/** What ran, by name: the extension, VS Code, Node. */
export type Versions = Readonly<Record<string, string>>;

/**
 * A verified store for somebody who must not see its data: structure, sizes, the fields of every header, findings. Of a
 * data file no more than the header is read, and of that only fields are told whose meaning is known. Values are JSON.
 */
export async function supportBundle(
	files: Files,
	{ store, verification }: Pick<Result, "store" | "verification">,
	{ generations, findings, explanations, ...report }: Report,
	versions: Versions,
): Promise<object> {
	return {
		format: "snapshot-store-support-1",
		versions,
		report,
		findings: verification.findings,
		store: {
			layout: store.layout,
			fullNeeded: store.fullNeeded,
			newest: store.newest?.id,
			pendingReap: store.pendingReap,
			generations: await Promise.all(
				store.generations.map(async ({ name, path, current, compacted, base, pending, snapshots }) => ({
					name,
					path,
					current,
					compacted,
					base: base && (await fileOf(files, base)),
					pending: await Promise.all(pending.map((file) => fileOf(files, file))),
					snapshots: await Promise.all(
						snapshots.map(async ({ id, path: at, kind, term, index, createdAt, meta, files: own, wals }) => ({
							id,
							path: at,
							kind,
							term: String(term),
							index: String(index),
							createdAt,
							meta: meta && {
								version: meta.version,
								full: meta.full,
								sizeBytes: text(meta.sizeBytes),
								configurationIndex: text(meta.configurationIndex),
								servers: meta.servers.length,
							},
							files: await Promise.all(own.map((file) => fileOf(files, file, wals.includes(file)))),
							...verdictOf(verification, name, id),
						})),
					),
				})),
			),
		},
	};
}

function verdictOf({ snapshots, findings }: Result["verification"], generation: string, id: string): object {
	const found = snapshots.find((verdict) => verdict.id === id && verdict.generation === generation);
	if (found === undefined) return {};
	const { verdict, upTo, cause } = found;
	return { verdict, upTo, cause: cause && findings.indexOf(cause) };
}

async function fileOf(files: Files, { path, sizeBytes, modifiedAt, sidecar, packing }: StoreFile, isWal?: boolean) {
	const header = packing === undefined ? await headerOf(files, path, isWal ?? path.endsWith("wal")) : undefined;
	return { path, sizeBytes, modifiedAt: new Date(modifiedAt), crc32c: sidecar?.crc32c, packing: packing?.kind, header };
}

async function headerOf(files: Files, path: string, isWal: boolean): Promise<object> {
	try {
		const bytes = await files.read(path, 0, isWal ? WAL_HEADER_SIZE : DATABASE_HEADER_SIZE);
		return isWal ? parseWalHeader(bytes) : parseDatabaseHeader(bytes);
	} catch {
		return { unreadable: true }; // a finding says why; its bytes may be anything
	}
}

function text(value: bigint | undefined): string | undefined {
	return value === undefined ? undefined : String(value);
}
