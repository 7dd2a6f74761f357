import {
	closeSync,
	existsSync,
	fstatSync,
	ftruncateSync,
	lstatSync,
	mkdirSync,
	openSync,
	readSync,
	renameSync,
	rmdirSync,
	writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Disk, DiskFile } from "../../src/store/disk/disk";

/**
 * What becomes of the calls before the end.
 *
 * `kept`: all of them have reached the disk, as when a process is killed. `torn`: the last one is a write, and only its
 * first half has. The others are a power cut, where what was not synced is gone: all of it (`lost`), only what was
 * written into files (`data-lost`), only the names of files and directories (`names-lost`), or of these only the change
 * that was made first (`reordered`).
 */
export type End = "kept" | "torn" | "lost" | "data-lost" | "names-lost" | "reordered";

const LOST: { readonly [end in End]: readonly Effect["kind"][] } = {
	kept: [],
	torn: [],
	lost: ["data", "name"],
	"data-lost": ["data"],
	"names-lost": ["name"],
	reordered: ["name"],
};

/** What every call throws from the end on. */
export class Dead extends Error {
	override readonly name = "Dead";
}

/** A call that was made, and what had not been synced before it. */
export interface Call {
	readonly name: keyof Disk | keyof DiskFile;
	readonly unsyncedData: number;
	readonly unsyncedNames: number;
}

/** Something that was done and can be undone until it is synced. Paths are those of its time. */
interface Effect {
	readonly kind: "data" | "name";
	readonly undo: (now: (path: string) => string) => void;
	/** The file that must be synced, for data. */
	readonly file?: number;
	/** The directories that must be synced, for a name. */
	readonly directories: Set<string>;
	/** A new file or directory. */
	readonly made?: string;
	readonly renamed?: { readonly from: string; readonly to: string };
	state: "unsynced" | "synced" | "undone";
}

/**
 * A disk that ends at its n-th call, counted from 1, and does to what came before whatever `end` says. A sync costs
 * nothing here: it is only noted. Every call before the end is done at once.
 */
export class MortalDisk implements Disk {
	readonly calls: Call[] = [];
	#dead = false;
	readonly #effects: Effect[] = [];
	readonly #descriptors: number[] = [];
	#trashed = 0;

	/** `trash`: a directory for what is removed, on the same file system. */
	constructor(
		readonly trash: string,
		readonly lastCall = Number.POSITIVE_INFINITY,
		readonly end: End = "kept",
	) {}

	get dead(): boolean {
		return this.#dead;
	}

	/** Ends it between two calls. */
	cut(): void {
		this.#die();
	}

	/** Closes what the store did not live to close. */
	dispose(): void {
		for (const descriptor of this.#descriptors) closeSync(descriptor);
	}

	async makeDirectory(path: string): Promise<void> {
		this.#call("makeDirectory");
		mkdirSync(path);
		this.#name([dirname(path)], (now) => renameSync(now(path), this.#trashPath()), { made: path });
	}

	async createFile(path: string): Promise<DiskFile> {
		this.#call("createFile");
		const file = this.#open(path, "wx+");
		this.#name([dirname(path)], (now) => renameSync(now(path), this.#trashPath()), { made: path });
		return file;
	}

	async changeFile(path: string): Promise<DiskFile> {
		this.#call("changeFile");
		return this.#open(path, "r+");
	}

	async syncDirectory(path: string): Promise<void> {
		this.#call("syncDirectory");
		lstatSync(path);
		for (const [position, effect] of this.#effects.entries()) {
			if (effect.kind === "data" || effect.state !== "unsynced") continue;
			for (const directory of effect.directories) {
				if (this.#nowadays(directory, position) === path) effect.directories.delete(directory);
			}
			if (effect.directories.size === 0) effect.state = "synced";
		}
	}

	async rename(from: string, to: string): Promise<void> {
		this.#call("rename");
		const saved = existsSync(to) && !lstatSync(to).isDirectory() ? this.#trashPath() : undefined;
		if (saved) renameSync(to, saved);
		renameSync(from, to);
		this.#name(
			[dirname(from), dirname(to)],
			(now) => {
				renameSync(now(to), now(from));
				if (saved) renameSync(saved, now(to));
			},
			{ renamed: { from, to } },
		);
	}

	async removeFile(path: string): Promise<void> {
		this.#call("removeFile");
		if (!lstatSync(path, { throwIfNoEntry: false })) return;
		const trashed = this.#trashPath();
		renameSync(path, trashed);
		this.#name([dirname(path)], (now) => renameSync(trashed, now(path)));
	}

	async removeDirectory(path: string): Promise<void> {
		this.#call("removeDirectory");
		rmdirSync(path);
		this.#name([dirname(path)], (now) => mkdirSync(now(path)));
	}

	#open(path: string, flags: string): DiskFile {
		const descriptor = openSync(path, flags);
		this.#descriptors.push(descriptor);
		return {
			write: async (bytes, offset) => {
				const last = this.#isLast();
				if (last && this.end === "torn") this.#write(descriptor, bytes.subarray(0, bytes.byteLength >> 1), offset);
				this.#call("write");
				this.#write(descriptor, bytes, offset);
			},
			truncate: async (sizeBytes) => {
				this.#call("truncate");
				const before = fstatSync(descriptor).size;
				const tail = read(descriptor, sizeBytes, Math.max(0, before - sizeBytes));
				ftruncateSync(descriptor, sizeBytes);
				this.#data(descriptor, () => {
					ftruncateSync(descriptor, before);
					writeSync(descriptor, tail, 0, tail.byteLength, sizeBytes);
				});
			},
			sync: async () => {
				this.#call("sync");
				for (const effect of this.#effects) {
					if (effect.file === descriptor && effect.state === "unsynced") effect.state = "synced";
				}
			},
			// Nobody can tell whether a process closed its files before it died.
			close: async () => {
				if (this.#dead) throw new Dead();
			},
		};
	}

	#write(descriptor: number, bytes: Uint8Array, offset: number): void {
		const before = fstatSync(descriptor).size;
		const old = read(descriptor, offset, Math.min(bytes.byteLength, Math.max(0, before - offset)));
		writeSync(descriptor, bytes, 0, bytes.byteLength, offset);
		this.#data(descriptor, () => {
			writeSync(descriptor, old, 0, old.byteLength, offset);
			if (offset + bytes.byteLength > before) ftruncateSync(descriptor, before);
		});
	}

	#isLast(): boolean {
		return this.calls.length + 1 === this.lastCall;
	}

	#call(name: Call["name"]): void {
		if (this.#dead) throw new Dead();
		if (this.#isLast()) {
			this.#die();
			throw new Dead();
		}
		const unsynced = this.#effects.filter(({ state }) => state === "unsynced");
		const unsyncedData = unsynced.filter(({ kind }) => kind === "data").length;
		this.calls.push({ name, unsyncedData, unsyncedNames: unsynced.length - unsyncedData });
	}

	#die(): void {
		this.#dead = true;
		const lost = LOST[this.end];
		const undone = [...this.#effects.entries()].filter(
			([, { kind, state }]) => state === "unsynced" && lost.includes(kind),
		);
		if (this.end === "reordered") {
			// What has another name by now, or is gone, was made: no order loses that and keeps what came after it.
			const stands = (position: number, made: string) => this.#nowadays(made, position) === made && existsSync(made);
			const first = undone.find(([position, { made }]) => made === undefined || stands(position, made));
			undone.splice(0, undone.length, ...(first ? [first] : []));
		}
		for (const [position, effect] of undone.reverse()) {
			effect.undo((path) => this.#nowadays(path, position));
			effect.state = "undone";
		}
	}

	#data(file: number, undo: Effect["undo"]): void {
		this.#effects.push({ kind: "data", undo, file, directories: new Set(), state: "unsynced" });
	}

	#name(directories: readonly string[], undo: Effect["undo"], paths: Pick<Effect, "made" | "renamed"> = {}): void {
		this.#effects.push({ kind: "name", undo, directories: new Set(directories), state: "unsynced", ...paths });
	}

	/** Where something is now that was at `path` when effect number `position` had been done. */
	#nowadays(path: string, position: number): string {
		let now = path;
		for (const { renamed, state } of this.#effects.slice(position + 1)) {
			if (!renamed || state === "undone") continue;
			if (now === renamed.from) now = renamed.to;
			else if (now.startsWith(`${renamed.from}/`)) now = renamed.to + now.slice(renamed.from.length);
		}
		return now;
	}

	#trashPath(): string {
		return join(this.trash, String(this.#trashed++));
	}
}

function read(descriptor: number, offset: number, length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
}
