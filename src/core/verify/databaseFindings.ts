import { visible } from "../text";
import type { Finding } from "./finding";

/** Something wrong with the database in one state of a chain. */
export interface StateFault {
	readonly code: "database-damaged" | "constraint-violated";
	/** 1-based; `undefined` where no single page is at fault. */
	readonly page?: number | undefined;
	/** The table or index it is in, as far as that is known. */
	readonly object?: { readonly type: "table" | "index"; readonly name: string } | undefined;
	/** The end of a sentence, which begins with the page where there is one. */
	readonly message: string;
}

/** Where the newest version of a page lies. */
export interface PageSite {
	readonly path: string;
	/** Byte offset in the file. */
	readonly offset: number;
	/** 1-based, where the file is a WAL. */
	readonly frame?: number;
}

/** The state that was checked. */
export interface CheckedState {
	/** Id of the snapshot. */
	readonly snapshot: string;
	/** The last file that makes the state. */
	readonly path: string;
	/** Where a page of it lies; `undefined` for one that no file holds. */
	readonly siteOf: (page: number) => PageSite | undefined;
}

interface Told {
	readonly finding: Finding;
	/** Those of `finding`, which grow as later states turn out to have the fault as well. */
	readonly snapshots: string[];
	readonly faults: ReadonlySet<string>;
}

/**
 * Makes findings of what is wrong with the database in the states of a chain, one after the other. A fault is told once,
 * where it first shows, with every state that still has it.
 */
export class DatabaseFindings {
	readonly #told: Told[] = [];
	#before: ReadonlySet<string> = new Set();
	#first = true;

	get findings(): readonly Finding[] {
		return this.#told.map(({ finding }) => finding);
	}

	/** What the check of the next state came to. */
	add(faults: readonly StateFault[], state: CheckedState): void {
		const keys = new Set(faults.map(keyOf));
		for (const { snapshots, faults: told } of this.#told) {
			if ([...told].some((key) => keys.has(key))) snapshots.push(state.snapshot);
		}
		const fresh = faults.filter((fault) => !this.#before.has(keyOf(fault)));
		this.#tell(
			fresh.filter(({ code }) => code === "database-damaged"),
			state,
		);
		this.#tell(
			fresh.filter(({ code }) => code === "constraint-violated"),
			state,
		);
		this.#before = keys;
		this.#first = false;
	}

	#tell(faults: readonly StateFault[], state: CheckedState): void {
		const [fault] = faults;
		if (!fault) return;
		const snapshots = [state.snapshot];
		const finding =
			fault.code === "database-damaged"
				? { ...this.#damage(fault, faults.length - 1, state), snapshots }
				: { ...violation(fault, faults.length - 1, state), snapshots: [] };
		this.#told.push({ finding, snapshots, faults: new Set(faults.map(keyOf)) });
	}

	/** In the first state the fault is where its page is; later on the state's own file brought it. */
	#damage({ page, object, message }: StateFault, more: number, { snapshot, path, siteOf }: CheckedState) {
		const site = page === undefined ? undefined : siteOf(page);
		const place = site && (this.#first || site.path === path) ? site : { path };
		const of = object ? ` of ${object.type} ${visible(object.name)}` : "";
		const where = site ? ` (byte ${site.offset} of ${site.path})` : "";
		const subject = page === undefined ? "" : `page ${page}${of}${where} `;
		return {
			code: "database-damaged",
			severity: "error",
			...place,
			...(page !== undefined && { page }),
			message: `The database of snapshot ${snapshot} is damaged: ${subject}${message}.${andMore(more)}`,
			advice:
				"The files hold these bytes, and restoring writes them out; rows on damaged pages cannot be read. Use an earlier snapshot, or save what reads.",
		} as const;
	}
}

function violation({ message }: StateFault, more: number, { snapshot, path }: CheckedState) {
	return {
		code: "constraint-violated",
		severity: "warning",
		path,
		message: `In the database of snapshot ${snapshot}, ${message}.${andMore(more)}`,
		advice: "The snapshot can be restored. SQLite lets such rows in while foreign keys are not enforced.",
	} as const;
}

function andMore(count: number): string {
	return count > 0 ? ` There are ${count} more.` : "";
}

function keyOf({ code, page, message }: StateFault): string {
	return `${code} ${page} ${message}`;
}
