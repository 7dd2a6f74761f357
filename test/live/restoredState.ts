import { expect } from "vitest";
import { integrityCheck, queryAll } from "../support/sqlite/oracle";
import { DIGEST, type Digest } from "./ledger";

/** Throws unless a real SQLite finds nothing wrong with a database file, and in it what is expected. */
export function expectState(file: Uint8Array, digest: Digest | undefined): void {
	expect({ integrity: integrityCheck(file), digest: digestOf(file) }).toEqual({ integrity: ["ok"], digest });
}

/** The digest of what a database file holds. */
export function digestOf(file: Uint8Array): Digest {
	const row = queryAll(file, DIGEST)[0]!.map((value) => (typeof value === "bigint" ? Number(value) : value));
	return row as unknown as Digest;
}
