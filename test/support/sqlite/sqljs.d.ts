/** The part of sql.js that the tests need; the package has no types. */
declare module "sql.js" {
	interface Database {
		run(sql: string): Database;
		/** Of each statement that answers something, its rows. */
		exec(sql: string): readonly { readonly values: readonly (readonly unknown[])[] }[];
		/** A copy of the whole database. */
		export(): Uint8Array;
		close(): void;
	}

	export default function initSqlJs(): Promise<{ readonly Database: new (file?: Uint8Array) => Database }>;
}
