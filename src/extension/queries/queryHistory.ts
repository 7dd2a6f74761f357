import type { Kept } from "./kept";

/** Queries that are remembered of a store at most, and the characters that they have together. */
const MAX_QUERIES = 100;
const MAX_CHARACTERS = 500_000;
/** A longer query is not remembered. */
export const MAX_QUERY_CHARACTERS = 20_000;

/** The queries that were run on the snapshots of each store, newest first. */
export class QueryHistory {
	constructor(private readonly kept: Kept) {}

	/** `store`: its URI. */
	of(store: string): readonly string[] {
		const value = this.kept.get(keyOf(store));
		return Array.isArray(value) ? value.filter((query) => typeof query === "string") : [];
	}

	/** Makes a query the newest, whether it was there before or not. */
	async add(store: string, query: string): Promise<void> {
		const sql = query.trim();
		if (sql === "" || sql.length > MAX_QUERY_CHARACTERS) return;
		let characters = 0;
		const queries = [sql, ...this.of(store).filter((other) => other !== sql)].slice(0, MAX_QUERIES).filter((each) => {
			characters += each.length;
			return characters <= MAX_CHARACTERS;
		});
		await this.kept.update(keyOf(store), queries);
	}

	async remove(store: string, queries: readonly string[]): Promise<void> {
		const left = this.of(store).filter((query) => !queries.includes(query));
		await this.kept.update(keyOf(store), left.length === 0 ? undefined : left);
	}
}

function keyOf(store: string): string {
	return `queryHistory ${store}`;
}
