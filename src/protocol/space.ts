import type { DatabaseSpace } from "../core/sqlite/btree/databaseSpace";
import type { DatabaseFaults } from "../core/sqlite/btree/faults";

export type { DatabaseSpace, ObjectSpace } from "../core/sqlite/btree/databaseSpace";
export type { DatabaseFaults, DatabaseObject, PageFault } from "../core/sqlite/btree/faults";

/** How far the measuring of a database has come. */
export type Measuring =
	| { readonly done: false; readonly pages: number; readonly pageCount: number }
	| {
			readonly done: true;
			/** `undefined` where the database's header makes no sense: the fault says so. */
			readonly space: DatabaseSpace | undefined;
			readonly faults: DatabaseFaults;
	  };
