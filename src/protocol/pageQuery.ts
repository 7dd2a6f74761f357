/** What a parameter's value is read as. */
export const PARAMETER_TYPES = ["text", "integer", "real", "blob", "null"] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** A parameter's value as it was entered. */
export interface ParameterInput {
	readonly type: ParameterType;
	readonly text: string;
}

/** A query on its way from one page to another. */
export interface PageQuery {
	readonly sql: string;
	/** What was entered for its parameters, by their names. */
	readonly parameters: Readonly<Record<string, ParameterInput>>;
}

/** What the page asks of the extension about queries. */
export interface HostQueryFunctions {
	/** Remembers a query that was run as the newest of the store's history. */
	rememberQuery(sql: string): Promise<void>;
	/** Has the user choose from that history; `null` when nothing was chosen. */
	chooseFromHistory(): Promise<string | null>;
	/** Asks for a name, and keeps the query under it. */
	saveQuery(sql: string): Promise<void>;
	/** Has the user choose one that was kept; `null` when none was chosen. */
	chooseSavedQuery(): Promise<string | null>;
	/** Asks for another snapshot of the same store, opens it, and runs the query there. */
	runElsewhere(query: PageQuery): Promise<void>;
}

/** What a page sent as a query; throws when it is none. */
export function parsePageQuery(value: unknown): PageQuery {
	const { sql, parameters } = (typeof value === "object" && value !== null ? value : {}) as Partial<
		Record<keyof PageQuery, unknown>
	>;
	if (typeof sql !== "string" || typeof parameters !== "object" || parameters === null) {
		throw new TypeError("a query is its SQL and its parameters");
	}
	return { sql, parameters: Object.fromEntries(Object.entries(parameters).filter(isInputEntry)) };
}

function isInputEntry(entry: [string, unknown]): entry is [string, ParameterInput] {
	const { type, text } = (entry[1] ?? {}) as Partial<Record<keyof ParameterInput, unknown>>;
	return PARAMETER_TYPES.some((known) => known === type) && typeof text === "string";
}
