import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readStore, storeFindings } from "../../../../../src/core/snapshot/catalog";
import { nodeFiles } from "../../../../../src/node/nodeFiles";
import { buildRqliteV10, type RqliteV10Builder } from "../../../../support/stores/rqliteV10Store";
import { temporaryDirectory } from "../../../../support/stores/temporaryDirectory";
import { look } from "../look";

export const A = "2-7-1000";
export const B = "2-9-2000";
export const C = "2-105-3000";
export const D = "3-106-4000";
/** Every snapshot of the story. */
export const ALL = `${A} ${B} ${C} ${D}`;

/** Full at A, incremental at B, C with two WALs, and D; then what else is told. */
export function story(tell: (store: RqliteV10Builder) => void = () => {}) {
	const directory = temporaryDirectory();
	const built = buildRqliteV10(directory, (store) => {
		const { database } = store;
		database.run("create table t(a); insert into t values(1), (zeroblob(9000))");
		store.full(A);
		database.run("insert into t values(2)");
		database.run("insert into t values(zeroblob(5000))");
		store.incremental(B);
		database.run("update t set a = 3 where a = 2");
		store.stage();
		database.run("delete from t where a = 1");
		store.incremental(C);
		database.run("insert into t values(4)");
		store.incremental(D);
		tell(store);
	});
	const at = (...parts: string[]) => join(directory, ...parts);
	return {
		directory,
		built,
		at,
		look: () => look(directory, built),
		read: () => readStore(nodeFiles(directory)),
		/** What the finding of a code says; the first one, where there are several. */
		message: async (code: string) => {
			const findings = storeFindings(await readStore(nodeFiles(directory)));
			return findings.find((finding) => finding.code === code)?.message;
		},
		/** The paths of the WALs in a snapshot's directory, in the order in which they apply. */
		wals: (id: string) =>
			readdirSync(at(id))
				.filter((name) => name.endsWith(".wal"))
				.sort()
				.map((name) => `${id}/${name}`),
		text: (path: string) => readFileSync(at(path), "utf8"),
		write: (path: string, text: string | Uint8Array = "") => {
			mkdirSync(dirname(at(path)), { recursive: true });
			writeFileSync(at(path), text);
		},
		remove: (path: string) => rmSync(at(path), { recursive: true }),
		rename: (from: string, to: string) => renameSync(at(from), at(to)),
	};
}

const SOUND = [
	`${A} current: base`,
	`  ${A} full: exact`,
	`  ${B} incremental: exact`,
	`  ${C} incremental: exact`,
	`  ${D} incremental: exact`,
	`newest ${D}`,
];

/** What `look` shows of the sound store, but for outcomes of snapshots, and lines behind those of snapshots or before all (`store`). */
export function sound(changes: Readonly<Record<string, readonly string[]>> = {}): string[] {
	const of = (name: string) => changes[name] ?? [];
	return [
		...of("store"),
		...SOUND.flatMap((line) => {
			const id = /^ {2}(\S+)/.exec(line)?.[1];
			if (id === undefined) return [line];
			const refused = of(id).filter((text) => !text.startsWith("!"));
			const findings = of(id).filter((text) => text.startsWith("!"));
			return [
				refused.length > 0 ? line.replace("exact", refused[0]!) : line,
				...findings.map((finding) => `    ${finding}`),
			];
		}),
	];
}
