import type { Generation, Snapshot, StoreFile } from "../../core/snapshot/model";
import type { Finding, FindingCode } from "../../core/verify/finding";
import type { SnapshotVerdict } from "../../core/verify/verification";
import type { Explanation, Report, ReportFile, ReportGeneration, ReportSnapshot } from "../../protocol/report";
import { fixesOf } from "./fixes";
import type { Result } from "./verifier";

/** A verification as its page shows it. */
export function describeReport(
	{ store, verification, at, depth, only }: Result,
	{ current, trusted }: { readonly current: boolean; readonly trusted: boolean },
	explanations: ReadonlyMap<FindingCode, Explanation>,
): Report {
	const { findings, snapshots, checked, notChecked } = verification;
	const verdicts = new Map(snapshots.map((verdict) => [keyOf(verdict), verdict]));
	const codes = new Set(findings.map(({ code }) => code));
	return {
		at: at.toISOString(),
		depth,
		layout: store.layout,
		only,
		current,
		checked,
		notChecked,
		generations: store.generations
			.map((generation) => generationOf(generation, verdicts, findings))
			.filter(({ name }) => only === undefined || name === only.generation),
		findings: findings.map((finding) => ({ ...finding, fixes: fixesOf(finding, { store, verification }, trusted) })),
		explanations: Object.fromEntries([...explanations].filter(([code]) => codes.has(code))),
	};
}

function generationOf(
	{ name, path, current, base, pending, snapshots }: Generation,
	verdicts: ReadonlyMap<string, SnapshotVerdict>,
	findings: readonly Finding[],
): ReportGeneration {
	const own = new Set(snapshots.flatMap(({ files }) => files).map((file) => file.path));
	return {
		name,
		path,
		current,
		foundation: [...(base ? [base] : []), ...pending].filter((file) => !own.has(file.path)).map(fileOf),
		snapshots: snapshots.flatMap((snapshot) => {
			const verdict = verdicts.get(keyOf(snapshot));
			return verdict === undefined ? [] : [snapshotOf(snapshot, verdict, findings)];
		}),
	};
}

function snapshotOf(
	{ id, path, kind, term, index, createdAt, files }: Snapshot,
	{ verdict, upTo, cause }: SnapshotVerdict,
	findings: readonly Finding[],
): ReportSnapshot {
	return {
		id,
		path,
		kind,
		term: String(term),
		index: String(index),
		createdAt: createdAt?.toISOString(),
		files: files.map(fileOf),
		verdict,
		upTo,
		cause: cause === undefined ? undefined : findings.indexOf(cause),
	};
}

function fileOf({ path, sizeBytes }: StoreFile): ReportFile {
	return { path, sizeBytes };
}

function keyOf({ generation, id }: { readonly generation: string; readonly id: string }): string {
	return `${generation}/${id}`;
}
