import type { EngineSession } from "../engine/engineSession";
import { readRows } from "./readRows";

/** A step of the way in which SQLite would answer a query. */
export interface PlanStep {
	/** In SQLite's words. */
	readonly detail: string;
	/** Whether it reads a table or an index from its first row to its last. */
	readonly scans: boolean;
	readonly steps: readonly PlanStep[];
}

/** Steps that are read at most. */
export const MAX_STEPS = 1000;

/** How SQLite would go about a statement: https://www.sqlite.org/eqp.html. It is not run. */
export async function readPlan(session: EngineSession, sql: string): Promise<readonly PlanStep[]> {
	const rows = await readRows(session, `EXPLAIN QUERY PLAN ${sql}`, MAX_STEPS);
	const root: PlanStep[] = [];
	const stepsOf = new Map<string, PlanStep[]>([["0", root]]);
	for (const [id, parent, , detail] of rows) {
		const steps: PlanStep[] = [];
		const text = String(detail);
		stepsOf.set(String(id), steps);
		// A parent comes before its steps.
		(stepsOf.get(String(parent)) ?? root).push({ detail: text, scans: isScan(text), steps });
	}
	return root;
}

function isScan(detail: string): boolean {
	return /^SCAN (?!\d* ?CONSTANT ROW)/.test(detail);
}
