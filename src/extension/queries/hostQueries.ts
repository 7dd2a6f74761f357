import { type HostQueryFunctions, type PageQuery, parsePageQuery } from "../../protocol/pageQuery";
import { pickFromHistory, pickSaved, saveUnderName } from "./pickQuery";
import type { QueryHistory } from "./queryHistory";
import type { SavedQueries } from "./savedQueries";

/** What is kept of the queries of a workspace. */
export interface Queries {
	readonly history: QueryHistory;
	readonly saved: SavedQueries;
}

/** What a page can ask about queries; what it sends is looked at. `store`: its URI. */
export function hostQueries(
	{ history, saved }: Queries,
	store: string,
	runElsewhere: (query: PageQuery) => Promise<void>,
): HostQueryFunctions {
	return {
		rememberQuery: (sql) => history.add(store, String(sql)),
		chooseFromHistory: async () => (await pickFromHistory(history, store)) ?? null,
		saveQuery: (sql) => saveUnderName(saved, String(sql)),
		chooseSavedQuery: async () => (await pickSaved(saved)) ?? null,
		runElsewhere: (query) => runElsewhere(parsePageQuery(query)),
	};
}
