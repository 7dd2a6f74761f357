import { deepStrictEqual } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findSnapshot, readStore } from "../../src/core/snapshot/catalog";
import { chainOf } from "../../src/core/snapshot/chain";
import { nodeFiles } from "../../src/node/nodeFiles";
import { projectRoot } from "../support/projectRoot";
import { type Contender, type Run, run } from "./contender";
import { largeStore } from "./largeStore";

const USAGE = "usage: npm run bench -- [--store <directory>] [--rounds <n>]";
const SQL = "select * from events limit 100";
const RESULTS = join(projectRoot, "test/bench/results.md");

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { store: { type: "string" }, rounds: { type: "string", default: "7" } } });
	const rounds = Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) throw new Error(USAGE);
	const directory = values.store ? resolve(values.store) : largeStore(join(projectRoot, ".cache/bench/store"));

	const store = await readStore(nodeFiles(directory));
	const { base, wals } = chainOf(store, findSnapshot(store, "latest")!);
	if (!base) throw new Error(`${directory}: the newest snapshot has no base`);
	const contenders = [snapstore(directory)];
	const sqlite = spawnSync("sqlite3", ["--version"], { encoding: "utf8" });
	if (sqlite.status === 0) {
		contenders.push(shell([base, ...wals].map(({ path }) => join(directory, path))));
	} else {
		console.log("There is no sqlite3 shell on this machine: nothing to compare with.");
	}

	// What others do on the machine meanwhile slows both.
	const load = loadavg()[0]!.toFixed(1);
	const results = measure(contenders, rounds);
	const report = [
		"# Opening the newest snapshot of a large store",
		"",
		"Written by `npm run bench`: whole processes, in turn, files in the page cache.",
		"",
		`- ${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${gigabytes(totalmem())} GB; load before: ${load}`,
		`- Node ${process.versions.node}${sqlite.status === 0 ? `, sqlite3 ${sqlite.stdout.split(" ")[0]}` : ""}`,
		`- base ${megabytes(base.sizeBytes)} MB, ${wals.length} WALs of ${megabytes(wals.reduce((sum, wal) => sum + wal.sizeBytes, 0))} MB together`,
		`- \`${SQL}\`, ${rounds} rounds`,
		"",
		...table(contenders, results),
		"",
	].join("\n");
	console.log(report);
	writeFileSync(RESULTS, report);
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
			for (const { rows } of runs) deepStrictEqual(rows, runs[0]!.rows, "they answered different rows");
			if (round > 0) for (const [n, one] of runs.entries()) results[n]!.push(one);
		}
	} finally {
		rmSync(top, { recursive: true });
	}
	return results;
}

/** The command line, as it is built. */
function snapstore(store: string): Contender {
	const cli = join(projectRoot, "dist/cli.js");
	return {
		name: "snapstore query",
		command: [process.execPath, cli, "query", store, "latest", SQL, "--json"],
		rows: (stdout) => JSON.parse(stdout).rows,
	};
}

/** The way without it: lay each WAL beside a copy of the base, have SQLite checkpoint it, then ask. */
function shell(files: readonly string[]): Contender {
	const script = `
		set -e
		cp "$1" db
		while shift; [ $# -gt 0 ]; do
			cp "$1" db-wal
			sqlite3 db "pragma wal_checkpoint(truncate)" > checkpointed
		done
		exec sqlite3 -json db "${SQL}"`;
	return {
		name: "cp and sqlite3",
		command: ["sh", "-c", script, "sh", ...files],
		rows: (stdout) => JSON.parse(stdout).map((row: object) => Object.values(row)),
	};
}

function table(contenders: readonly Contender[], results: readonly (readonly Run[])[]): string[] {
	const lines = ["| | median | fastest | slowest | memory | disk |", "| --- | --- | --- | --- | --- | --- |"];
	const medians: number[] = [];
	for (const [n, { name }] of contenders.entries()) {
		const runs = results[n]!;
		const seconds = runs.map((one) => one.seconds).sort((a, b) => a - b);
		const median = seconds[Math.floor(seconds.length / 2)]!;
		medians.push(median);
		const memory = Math.max(...runs.map((one) => one.memoryBytes ?? Number.NaN));
		const cells = [
			name,
			...[median, seconds[0]!, seconds.at(-1)!].map((value) => `${value.toFixed(2)} s`),
			Number.isNaN(memory) ? "?" : `${megabytes(memory)} MB`,
			`${megabytes(runs[0]!.diskBytes)} MB`,
		];
		lines.push(`| ${cells.join(" | ")} |`);
	}
	const [ours, theirs] = medians;
	if (ours !== undefined && theirs !== undefined)
		lines.push("", `Ratio of the medians: ${(theirs / ours).toFixed(1)}.`);
	return lines;
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(0);
}

function gigabytes(bytes: number): string {
	return (bytes / 1e9).toFixed(0);
}

await main();
