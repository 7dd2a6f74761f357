import initSqlJs, { type SqlJs } from "sql.js";

/** SQLite in WebAssembly, and the memory it works in. */
export interface Sqlite {
	readonly api: SqlJs;
	/** All of its memory. Valid until SQLite is called again: memory that grows moves. */
	memory(): Uint8Array;
}

let sqlite: Promise<Sqlite> | undefined;

/** Starts sql.js from the bytes of its `sql-wasm.wasm`; it starts once in a thread, and later calls answer the same. */
export function loadSqlite(wasm: BufferSource): Promise<Sqlite> {
	sqlite ??= start(wasm);
	return sqlite;
}

async function start(wasm: BufferSource): Promise<Sqlite> {
	let memory: WebAssembly.Memory | undefined;
	let fail: (reason: unknown) => void = () => {};
	const failed = new Promise<never>((_, reject) => {
		fail = reject;
	});
	const started = initSqlJs({
		// sql.js would put functions of its own over SQLite's: its log() is the natural one, SQLite's is to base 10.
		useOldExtensionFunctions: false,
		// The hook is the only way to the memory: sql.js exports SQLite's functions, but no view of what they point at.
		instantiateWasm(imports, receive) {
			WebAssembly.instantiate(wasm, imports).then(({ instance, module }) => {
				memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
				receive(instance, module);
			}, fail);
			return {};
		},
	});
	const api = await Promise.race([started, failed]);
	let view = new Uint8Array(0);
	return {
		api,
		memory() {
			if (!memory) throw new Error("sql.js exports no memory");
			if (view.buffer !== memory.buffer) view = new Uint8Array(memory.buffer);
			return view;
		},
	};
}
