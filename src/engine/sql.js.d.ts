/** What this project uses of sql.js 1.16.0: the constructor, and the functions of SQLite that it exports as they are. */
declare module "sql.js" {
	export interface Database {
		/** The `sqlite3*`. */
		readonly db: number;
		close(): void;
		/** A function of SQL. It is given texts up to the first NUL, and integers as reals. */
		create_function(
			name: string,
			call: (...values: (null | number | string | Uint8Array)[]) => boolean | null,
		): Database;
	}

	export interface SqlJs {
		readonly Database: new (data?: unknown) => Database;
		_malloc(size: number): number;
		_free(pointer: number): void;
		_sqlite3_prepare_v2(db: number, sql: number, sizeBytes: number, statement: number, tail: number): number;
		_sqlite3_step(statement: number): number;
		_sqlite3_finalize(statement: number): number;
		_sqlite3_reset(statement: number): number;
		_sqlite3_clear_bindings(statement: number): number;
		_sqlite3_bind_int(statement: number, position: number, value: number): number;
		_sqlite3_bind_double(statement: number, position: number, value: number): number;
		_sqlite3_bind_text(
			statement: number,
			position: number,
			text: number,
			sizeBytes: number,
			destructor: number,
		): number;
		_sqlite3_bind_blob(
			statement: number,
			position: number,
			bytes: number,
			sizeBytes: number,
			destructor: number,
		): number;
		_sqlite3_errmsg(db: number): number;
		_sqlite3_column_count(statement: number): number;
		_sqlite3_column_name(statement: number, column: number): number;
		_sqlite3_column_type(statement: number, column: number): number;
		_sqlite3_column_double(statement: number, column: number): number;
		_sqlite3_column_text(statement: number, column: number): number;
		_sqlite3_column_blob(statement: number, column: number): number;
		_sqlite3_column_bytes(statement: number, column: number): number;
	}

	export interface Config {
		/** Whether sql.js puts its own `log`, `reverse` and others in the place of SQLite's functions. */
		useOldExtensionFunctions?: boolean;
		/** Emscripten's hook: instantiates the module itself and hands the instance over. */
		instantiateWasm?(
			imports: WebAssembly.Imports,
			receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
		): object;
	}

	export default function initSqlJs(config?: Config): Promise<SqlJs>;
}
