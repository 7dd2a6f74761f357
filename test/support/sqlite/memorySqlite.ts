import initSqlJs from "sql.js";

const READ_VERSION_OFFSET = 19;

/** A SQLite that keeps databases in memory: quick to ask, and built with UTF-16. */
export class MemorySqlite {
	readonly #sqlite: Awaited<ReturnType<typeof initSqlJs>>;

	private constructor(sqlite: Awaited<ReturnType<typeof initSqlJs>>) {
		this.#sqlite = sqlite;
	}

	static async load(): Promise<MemorySqlite> {
		return new MemorySqlite(await initSqlJs());
	}

	/** The file that a script makes, or that it makes of another. */
	write(script: string, file?: Uint8Array): Uint8Array {
		const database = new this.#sqlite.Database(file);
		try {
			return database.run(script).export();
		} finally {
			database.close();
		}
	}

	/** The rows of one SELECT over a file. */
	rows(file: Uint8Array, select: string): readonly (readonly unknown[])[] {
		const database = new this.#sqlite.Database(file);
		try {
			return database.exec(select)[0]?.values ?? [];
		} finally {
			database.close();
		}
	}

	/** What a pragma says of a file, `["ok"]` for a sound one; SQLite's error where it cannot even look. */
	check(file: Uint8Array, pragma: "quick_check" | "integrity_check"): string[] {
		const readable = file.slice();
		// In memory there is no log to read.
		if (readable[READ_VERSION_OFFSET] === 2) readable.fill(1, READ_VERSION_OFFSET - 1, READ_VERSION_OFFSET + 1);
		const database = new this.#sqlite.Database(readable);
		try {
			return database.exec(`pragma ${pragma}`)[0]!.values.map(([line]) => String(line));
		} catch (error) {
			return [`error: ${(error as Error).message}`];
		} finally {
			database.close();
		}
	}
}
