import type { Random } from "../support/sample/random";
import type { MemoryStore } from "./memoryStore";

/** One damage to a store, and where it was done. */
export interface Damage {
	readonly kind: string;
	/** The file or directory that was touched first. */
	readonly path: string;
	/** Byte offset where the file differs first; `undefined` where it is gone, or another as a whole. */
	readonly offset: number | undefined;
	readonly store: MemoryStore;
}

type Maker = (store: MemoryStore, draw: Random) => Damage | undefined;

/** The kinds of damage; each is done to a file, or a directory, that is drawn. */
export const DAMAGES: Readonly<Record<string, Maker>> = {
	"bit flipped": (store, draw) => inFile(store, draw, (bytes, at) => (bytes[at]! ^= 1 << draw.below(8))),
	"bytes zeroed": (store, draw) =>
		inFile(store, draw, (bytes, at) => bytes.fill(0, at, at + 1 + draw.below(draw.of([8, 64, 600])))),
	"bytes overwritten": (store, draw) =>
		inFile(store, draw, (bytes, at) => {
			for (let n = 1 + draw.below(16); n > 0 && at < bytes.byteLength; n--) bytes[at++] = draw.below(256);
		}),
	cut: (store, draw) => resized(store, draw, (bytes, at) => bytes.slice(0, at)),
	"bytes inserted": (store, draw) =>
		resized(store, draw, (bytes, at) => joined(bytes.subarray(0, at), noise(draw), bytes.subarray(at))),
	"bytes removed": (store, draw) =>
		resized(store, draw, (bytes, at) => joined(bytes.subarray(0, at), bytes.subarray(at + 1 + draw.below(40)))),
	"bytes appended": (store, draw) => {
		const path = drawFile(store, draw);
		const bytes = store.files.get(path)!;
		return changed(store, path, bytes.byteLength, joined(bytes, noise(draw)));
	},
	emptied: (store, draw) => {
		const path = drawFile(store, draw);
		return changed(store, path, 0, new Uint8Array(0));
	},
	"file dropped": (store, draw) => {
		const path = drawFile(store, draw);
		const files = new Map(store.files);
		files.delete(path);
		return { kind: "", path, offset: undefined, store: { ...store, files } };
	},
	"snapshot dropped": (store, draw) => {
		const directories = [...store.directories].filter((path) => /\d+-\d+-\d+$/.test(path));
		const gone = draw.of(directories);
		const kept = ([path]: readonly [string, unknown]) => !path.startsWith(`${gone}/`);
		const files = new Map([...store.files].filter(kept));
		return { kind: "", path: gone, offset: undefined, store: { ...store, files, directories: without(store, gone) } };
	},
	"files swapped": (store, draw) => {
		const path = drawFile(store, draw);
		const other = draw.of([...store.files.keys()].filter((file) => sortOf(file) === sortOf(path)));
		const [a, b] = [store.files.get(path)!, store.files.get(other)!];
		if (Buffer.compare(a, b) === 0) return undefined;
		const files = new Map(store.files).set(path, b).set(other, a);
		return { kind: "", path, offset: undefined, store: { ...store, files } };
	},
	"file copied over another": (store, draw) => {
		const path = drawFile(store, draw);
		const other = draw.of([...store.files.keys()].filter((file) => sortOf(file) === sortOf(path)));
		if (Buffer.compare(store.files.get(path)!, store.files.get(other)!) === 0) return undefined;
		return { ...changed(store, path, 0, store.files.get(other)!)!, offset: undefined };
	},
	"metadata changed": (store, draw) => {
		const path = draw.of([...store.files.keys()].filter((file) => file.endsWith("meta.json")));
		const text = Buffer.from(store.files.get(path)!).toString();
		const digits = [...text.matchAll(/\d+/g)];
		const { index, 0: number } = draw.of(digits);
		const other = `${text.slice(0, index)}${BigInt(number) + BigInt(1 + draw.below(9))}${text.slice(index + number.length)}`;
		return changed(store, path, index, new Uint8Array(Buffer.from(other)));
	},
};

/** A damage of a kind; `undefined` where what was drawn changes nothing. */
export function damage(kind: string, store: MemoryStore, draw: Random): Damage | undefined {
	const done = DAMAGES[kind]!(store, draw);
	return done && { ...done, kind };
}

/** Files of one sort can be in one another's place. */
export function sortOf(path: string): "meta" | "sidecar" | "wal" | "base" | "other" {
	if (path.endsWith("meta.json")) return "meta";
	if (path.endsWith(".crc32")) return "sidecar";
	if (/(^|\/)wal$|\.wal$|-wal$/.test(path)) return "wal";
	return /base\.sqlite$|\.db$|state\.bin$/.test(path) ? "base" : "other";
}

/** Small files come as often as large ones. */
function drawFile(store: MemoryStore, draw: Random): string {
	return draw.of([...store.files.keys()].filter((path) => sortOf(path) !== "other"));
}

function inFile(store: MemoryStore, draw: Random, change: (bytes: Uint8Array, at: number) => void): Damage | undefined {
	const path = drawFile(store, draw);
	const before = store.files.get(path)!;
	if (before.byteLength === 0) return undefined;
	const bytes = Uint8Array.from(before);
	change(bytes, draw.below(bytes.byteLength));
	return changed(store, path, firstDifference(before, bytes), bytes);
}

function resized(
	store: MemoryStore,
	draw: Random,
	change: (bytes: Uint8Array, at: number) => Uint8Array,
): Damage | undefined {
	const path = drawFile(store, draw);
	const before = store.files.get(path)!;
	if (before.byteLength === 0) return undefined;
	const bytes = change(before, draw.below(before.byteLength));
	return changed(store, path, firstDifference(before, bytes), bytes);
}

function changed(store: MemoryStore, path: string, offset: number, bytes: Uint8Array): Damage | undefined {
	if (Buffer.compare(store.files.get(path)!, bytes) === 0) return undefined;
	return { kind: "", path, offset, store: { ...store, files: new Map(store.files).set(path, bytes) } };
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
	let at = 0;
	while (at < a.byteLength && a[at] === b[at]) at++;
	return at;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(parts));
}

function noise(draw: Random): Uint8Array {
	return Uint8Array.from({ length: 1 + draw.below(draw.of([4, 40, 700])) }, () => draw.below(256));
}

function without({ directories }: MemoryStore, gone: string): ReadonlySet<string> {
	return new Set([...directories].filter((path) => path !== gone && !path.startsWith(`${gone}/`)));
}
