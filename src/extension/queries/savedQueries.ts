import type { Kept } from "./kept";

export interface SavedQuery {
	readonly name: string;
	readonly sql: string;
}

const KEY = "savedQueries";
/** Queries that can be saved in a workspace. */
const MAX_SAVED = 500;

/** The queries of a workspace that have a name, by name. */
export class SavedQueries {
	constructor(private readonly kept: Kept) {}

	get all(): readonly SavedQuery[] {
		const value = this.kept.get(KEY);
		return Array.isArray(value) ? value.filter(isSaved) : [];
	}

	/** Saves a query under a name, in place of the one that had it. Throws when there are too many. */
	async save(query: SavedQuery): Promise<void> {
		await this.#keep([...this.#without([query.name]), query]);
	}

	/** Gives a query another name, in place of the one that had it. */
	async rename(from: string, to: string): Promise<void> {
		const query = this.all.find(({ name }) => name === from);
		if (query !== undefined) await this.#keep([...this.#without([from, to]), { ...query, name: to }]);
	}

	async remove(names: readonly string[]): Promise<void> {
		await this.#keep(this.#without(names));
	}

	#without(names: readonly string[]): readonly SavedQuery[] {
		return this.all.filter(({ name }) => !names.includes(name));
	}

	async #keep(queries: readonly SavedQuery[]): Promise<void> {
		if (queries.length > MAX_SAVED) throw new RangeError(`There are ${MAX_SAVED} saved queries; delete some first.`);
		const sorted = [...queries].sort((a, b) => a.name.localeCompare(b.name));
		await this.kept.update(KEY, sorted.length === 0 ? undefined : sorted);
	}
}

function isSaved(value: unknown): value is SavedQuery {
	if (typeof value !== "object" || value === null) return false;
	const { name, sql } = value as Partial<Record<keyof SavedQuery, unknown>>;
	return typeof name === "string" && typeof sql === "string";
}
