import { deepStrictEqual } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findSnapshot, readStore } from "../../src/core/snapshot/catalog";
import { chainOf } from "../../src/core/snapshot/chain";
import { nodeFiles } from "../../src/node/nodeFiles";
import { projectRoot } from "../support/projectRoot";
import { benchCache } from "./benchCache";
import { betterSqlite } from "./betterSqlite";
import type { BenchStore, Comparison } from "./comparison";
import { checkWals } from "./comparisons/checkWals";
import { findStore } from "./comparisons/findStore";
import { lookUpRows } from "./comparisons/lookUpRows";
import { openAgain, openEngineAgain } from "./comparisons/openAgain";
import { openBases } from "./comparisons/openBases";
import { openNewest } from "./comparisons/openNewest";
import { readStream } from "./comparisons/readStream";
import { reapOld } from "./comparisons/reapOld";
import { scanRows } from "./comparisons/scanRows";
import { verifyAll } from "./comparisons/verifyAll";
import { type Contender, type Run, run } from "./contender";
import { largeStore } from "./largeStore";
import { limitsTable } from "./limit";
import { activation } from "./limits/activation";
import { cancelledExport } from "./limits/cancelledExport";
import { firstRows, scrolling } from "./limits/inWindow";
import { packageSize } from "./limits/packageSize";
import { medianSeconds, plot, type Result, secondsText } from "./plot";

const USAGE = "usage: npm run bench -- [--store <directory>] [--rounds <n>] [--note <text>] [--only <words>]";
const RESULTS = join(projectRoot, "test/bench/results.md");

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			store: { type: "string" },
			rounds: { type: "string", default: "7" },
			note: { type: "string" },
			only: { type: "string" },
		},
	});
	const rounds = Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) throw new Error(USAGE);
	const directory = values.store ? resolve(values.store) : largeStore(benchCache("store"));
	const sqlite = spawnSync("sqlite3", ["--version"], { encoding: "utf8" });
	const hasShell = sqlite.status === 0;
	if (!hasShell) console.log("There is no sqlite3 shell on this machine: nothing to compare with.");
	const store: BenchStore = {
		directory,
		files: await newestChain(directory),
		hasShell,
		restored: restoredFile(directory),
		betterSqlite: betterSqlite(benchCache("better-sqlite3")),
	};

	const [base, ...wals] = store.files.map((path) => statSync(path).size);
	const report = [
		"# What it costs",
		"",
		"Written by `npm run bench`: whole processes in turn, files in the page cache. Where `NODE_EXTRA_CA_CERTS` is set it is",
		"left out: Node would parse all certificates before it starts.",
		"",
		"![How long each takes](results.svg)",
		"",
		// What others do on the machine meanwhile slows all of them.
		`- ${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${gigabytes(totalmem())} GB; load before: ${loadavg()[0]!.toFixed(1)}`,
		`- Node ${process.versions.node}${hasShell ? `, sqlite3 ${sqlite.stdout.split(" ")[0]}` : ""}`,
		`- base ${megabytes(base!)} MB, ${wals.length} WALs of ${megabytes(wals.reduce((sum, size) => sum + size, 0))} MB together; ${rounds} rounds`,
		...(values.note === undefined ? [] : [`- ${values.note}`]),
		"",
	];
	// Part of a title: of those alone, and nothing is written.
	const { only } = values;
	const isWanted = (title: string) => only === undefined || title.includes(only);
	const limits = [activation, firstRows(store), scrolling(store), cancelledExport(store), packageSize];
	const limited = await limitsTable(
		limits.filter(({ name }) => isWanted(name)),
		rounds,
	);
	const results: Result[] = [];
	for (const compare of COMPARISONS) {
		const comparison = compare(store);
		if (!isWanted(comparison.title)) continue;
		const result = { comparison, runs: measure(comparison.contenders, rounds) };
		results.push(result);
		report.push(...section(result));
	}
	report.push("## What has a limit", "", ...limited, "");
	if (only !== undefined) return console.log(report.join("\n"));
	writeFileSync(join(projectRoot, "test/bench/results.svg"), plot(results));
	console.log(report.join("\n"));
	writeFileSync(RESULTS, report.join("\n"));
}

const COMPARISONS: readonly ((store: BenchStore) => Comparison)[] = [
	openNewest,
	openAgain,
	openEngineAgain,
	openBases,
	scanRows,
	lookUpRows,
	verifyAll,
	checkWals,
	reapOld,
	readStream,
	findStore,
];

async function newestChain(directory: string): Promise<readonly string[]> {
	const store = await readStore(nodeFiles(directory));
	const { base, wals } = chainOf(store, findSnapshot(store, "latest")!);
	if (!base) throw new Error(`${directory}: the newest snapshot has no base`);
	return [base, ...wals].map(({ path }) => join(directory, path));
}

/** Written anew each time: the store may be another. */
function restoredFile(directory: string): string {
	const file = benchCache("restored.sqlite");
	const program = join(projectRoot, "dist/cli.js");
	const args = ["restore", directory, "latest", "--output", file, "--force"];
	const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
	if (status !== 0) throw new Error(stderr);
	return file;
}

function section({ comparison, runs }: Result): readonly string[] {
	const { title, about, contenders, goal } = comparison;
	return [`## ${title}`, "", about, "", ...table(contenders, runs, goal), ""];
}

/** Rounds of everyone in turn, so that what the machine does besides meets all of them; one round before is not counted. */
function measure(contenders: readonly Contender[], rounds: number): readonly (readonly Run[])[] {
	const results = contenders.map((): Run[] => []);
	const top = mkdtempSync(join(tmpdir(), "bench-"));
	const scratch = join(top, "scratch");
	mkdirSync(scratch);
	try {
		for (let round = 0; round <= rounds; round++) {
			const runs = contenders.map((contender) => run(contender, scratch));
			for (const { answer } of runs) deepStrictEqual(answer, runs[0]!.answer, "they came to different answers");
			if (round > 0) for (const [n, one] of runs.entries()) results[n]!.push(one);
		}
	} finally {
		rmSync(top, { recursive: true });
	}
	return results;
}

function table(
	contenders: readonly Contender[],
	results: readonly (readonly Run[])[],
	goal: number | undefined,
): readonly string[] {
	const lines = ["| | median | fastest | slowest | memory | disk |", "| --- | --- | --- | --- | --- | --- |"];
	const medians: number[] = [];
	for (const [n, { name }] of contenders.entries()) {
		const runs = results[n]!;
		const seconds = runs.map((one) => one.seconds).sort((a, b) => a - b);
		const median = medianSeconds(runs);
		medians.push(median);
		const memory = Math.max(...runs.map((one) => one.memoryBytes ?? Number.NaN));
		const cells = [
			name,
			...[median, seconds[0]!, seconds.at(-1)!].map(secondsText),
			Number.isNaN(memory) ? "?" : `${megabytes(memory)} MB`,
			`${megabytes(runs[0]!.diskBytes)} MB`,
		];
		lines.push(`| ${cells.join(" | ")} |`);
	}
	const [ours, theirs] = medians;
	if (ours !== undefined && theirs !== undefined) {
		const wanted = goal === undefined ? "" : ` (goal: at least ${goal.toFixed(2)})`;
		lines.push("", `${(theirs / ours).toFixed(2)} times as fast${wanted}.`);
	}
	return lines;
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(0);
}

function gigabytes(bytes: number): string {
	return (bytes / 1e9).toFixed(0);
}

await main();
