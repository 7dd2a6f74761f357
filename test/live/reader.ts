import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Finding } from "../../src/core/verify/finding";
import { cliPath, type Ended, ended } from "../unit/cli/snapstore";
import { DIGEST, type Digest, type Ledger } from "./ledger";
import type { Pace } from "./pace";
import type { Command } from "./readOnlyView";
import { digestOf, expectState } from "./restoredState";
import { positionOf } from "./snapshotIds";

export interface ReaderContext {
	readonly dataDirectory: string;
	readonly ledger: Ledger;
	/** How a command is run. */
	readonly view: (command: Command) => Command;
	readonly pace: Pace;
}

/** How often the command line was asked, and how often a snapshot was gone before it had been read. */
export interface Tally {
	lists: number;
	queries: number;
	restores: number;
	live: number;
	verifications: number;
	gone: number;
}

/** How the command line says, on its last line, that a snapshot was taken away meanwhile, or is just being taken away. */
const GONE = new RegExp(
	[
		"changed since the store was listed\\. Try again; .*",
		"is not there\\.",
		"not found; the store has .*",
		"A node seems to be at work there: try again, .*",
	]
		.map((reason) => `^snapstore: .* ${reason}$`)
		.join("|"),
);

/** Looks through the command line into the store of a node that is at work, and compares all it sees with a ledger. */
export class Reader {
	readonly tally: Tally = { lists: 0, queries: 0, restores: 0, live: 0, verifications: 0, gone: 0 };
	/** Term and index of every snapshot that was ever listed. */
	readonly seen = new Set<string>();
	readonly #context: ReaderContext;
	readonly #output = mkdtempSync(join(tmpdir(), "restored-"));
	#listed: readonly string[] = [];

	constructor(context: ReaderContext) {
		this.#context = context;
	}

	/** Lists the snapshots of a node that rests and has just made one. */
	async list(): Promise<void> {
		this.#listed = await this.#list();
		const newest = this.#listed.at(-1);
		if (newest === undefined) throw new Error("the node's snapshot is not listed");
		expect(this.#context.ledger.digestOf(newest)[0]).toBe(this.#context.ledger.applied);
		for (const id of this.#listed) {
			this.#context.ledger.digestOf(id);
			this.seen.add(positionOf(id));
		}
	}

	/** Reads each snapshot that was listed when the node rested, in every way there is. */
	async readListed({ mayBeGone }: { readonly mayBeGone: boolean }): Promise<void> {
		await this.#context.pace.during(async () => {
			for (const id of this.#listed) {
				const beside = mayBeGone ? [this.#list()] : [];
				await Promise.all([this.#query(id, mayBeGone), this.#restore(id, mayBeGone), ...beside]);
			}
		});
	}

	/** Reads each snapshot that is there now, which the node may be about to take away, and its live database. */
	async readAnything(): Promise<void> {
		await this.#context.pace.during(async () => {
			this.#listed = await this.#list();
			for (const id of this.#listed) this.seen.add(positionOf(id));
			const reading = this.#listed.flatMap((id) => [this.#query(id, true), this.#restore(id, true)]);
			await Promise.all([...reading, this.#queryLive(), this.#restoreLive(), this.#verify(true)]);
		});
	}

	/** Verifies the store of a node that has been stopped. */
	async isSound(): Promise<void> {
		const findings = await this.#verify(false);
		expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
	}

	close(): void {
		rmSync(this.#output, { recursive: true });
	}

	/** Ids, oldest first. */
	async #list(): Promise<readonly string[]> {
		this.tally.lists++;
		const { status, stdout, stderr } = await this.#run("list", this.#context.dataDirectory, "--json");
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		const { stores } = JSON.parse(stdout) as {
			stores: { generations: { snapshots: { id: string }[] }[] }[];
		};
		return stores.flatMap(({ generations }) => generations.flatMap(({ snapshots }) => snapshots.map(({ id }) => id)));
	}

	async #query(id: string, mayBeGone: boolean): Promise<void> {
		this.tally.queries++;
		const end = await this.#run("query", this.#context.dataDirectory, id, DIGEST, "--json");
		if (this.#isGone(end, mayBeGone)) return;
		const { rows } = JSON.parse(end.stdout) as { rows: unknown };
		expect({ id, rows }).toEqual({ id, rows: [this.#context.ledger.digestOf(id)] });
	}

	async #restore(id: string, mayBeGone: boolean): Promise<void> {
		this.tally.restores++;
		const file = join(this.#output, `${id}.sqlite`);
		const end = await this.#run("restore", this.#context.dataDirectory, id, "--output", file, "--force", "--json");
		if (this.#isGone(end, mayBeGone)) return;
		const bytes = readFileSync(file);
		rmSync(file);
		expectState(bytes, this.#context.ledger.digestOf(id));
	}

	/** Whatever a node has half done, nothing is called damaged. */
	async #verify(mayBeGone: boolean): Promise<readonly Finding[]> {
		this.tally.verifications++;
		const end = await this.#run("verify", this.#context.dataDirectory, "--json");
		if (end.stdout === "" && this.#isGone(end, mayBeGone)) return [];
		const { stores } = JSON.parse(end.stdout) as { stores: { findings: readonly Finding[] }[] };
		const findings = stores.flatMap((store) => store.findings);
		expect({ status: end.status, errors: findings.filter(({ severity }) => severity === "error") }).toEqual({
			status: 0,
			errors: [],
		});
		return findings;
	}

	/** The live database is one state that the node has been in since it was asked for. */
	async #queryLive(): Promise<void> {
		this.tally.live++;
		const { applied } = this.#context.ledger;
		const { status, stdout, stderr } = await this.#run("query", this.#context.dataDirectory, "live", DIGEST, "--json");
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		const { rows } = JSON.parse(stdout) as { rows: readonly Digest[] };
		expect(rows).toEqual([this.#stateSince(applied, rows[0]!)]);
	}

	async #restoreLive(): Promise<void> {
		this.tally.live++;
		const { applied } = this.#context.ledger;
		const file = join(this.#output, `live-${this.tally.live}.sqlite`);
		const end = await this.#run("restore", this.#context.dataDirectory, "live", "--output", file, "--json");
		expect({ ...end, stdout: "" }).toEqual({ status: 0, signal: null, stdout: "", stderr: "" });
		const bytes = readFileSync(file);
		rmSync(file);
		expectState(bytes, this.#stateSince(applied, digestOf(bytes)));
	}

	/** What the tables hold in a state that has as many transactions as an answer shows, at least so many. */
	#stateSince(applied: number, [entries]: Digest): Digest | undefined {
		expect(entries, "the live database is older than the node's last answer").toBeGreaterThanOrEqual(applied);
		return this.#context.ledger.digestAfter(entries);
	}

	/** Whether a snapshot was refused because it was being taken away. Any other failure, or one at rest, throws. */
	#isGone({ status, stdout, stderr }: Ended, mayBeGone: boolean): boolean {
		if (status === 0) return false;
		const reason = stderr.trimEnd().split("\n").at(-1); // behind warnings
		expect({ status, stdout, reason }).toEqual({ status: 1, stdout: "", reason: expect.stringMatching(GONE) });
		expect(mayBeGone, `${reason} although nothing was taken away`).toBe(true);
		this.tally.gone++;
		return true;
	}

	#run(...args: readonly string[]): Promise<Ended> {
		const [program, ...rest] = this.#context.view([process.execPath, cliPath, ...args]);
		const end = ended(spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] }));
		const { pace } = this.#context;
		pace.tick("begin");
		return end.finally(() => pace.tick("end"));
	}
}
