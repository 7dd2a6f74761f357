/** The part of sql.js that `utf16Chain` needs; the package has no types. */
declare module "sql.js" {
	interface Database {
		run(sql: string): Database;
		/** A copy of the whole database. */
		export(): Uint8Array;
		close(): void;
	}

	export default function initSqlJs(): Promise<{ readonly Database: new () => Database }>;
}
