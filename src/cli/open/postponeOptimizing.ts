import { setFlagsFromString } from "node:v8";

/** The newest V8 whose flag is known. */
const KNOWN_V8 = 13;

/** V8's own measure of how much a function has run; a hundred million is some tenths of a second. */
const BUDGET = 100_000_000;

/**
 * Has V8 optimize WebAssembly only once it has run for a while. SQLite's interpreter takes it 0.1 s, and a process cannot
 * end before that is done: a short query would take twice as long. Must be called before the module is loaded.
 */
export function postponeOptimizing(): void {
	if (Number.parseInt(process.versions.v8, 10) <= KNOWN_V8) setFlagsFromString(`--wasm-tiering-budget=${BUDGET}`);
}
