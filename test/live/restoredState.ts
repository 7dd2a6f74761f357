import { expect } from "vitest";
import { integrityCheck, queryAll } from "../support/sqlite/oracle";
import { DIGEST, type Ledger } from "./ledger";

/** Throws unless a real SQLite finds nothing wrong with a database file, and in it what a snapshot covers. */
export function expectState(file: Uint8Array, id: string, ledger: Ledger): void {
	const rows = queryAll(file, DIGEST).map((row) =>
		row.map((value) => (typeof value === "bigint" ? Number(value) : value)),
	);
	expect({ id, integrity: integrityCheck(file), rows }).toEqual({ id, integrity: ["ok"], rows: [ledger.digestOf(id)] });
}
