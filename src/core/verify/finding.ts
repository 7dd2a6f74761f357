/**
 * One result of looking at a store. Damage is data: findings are what the tree, the report, the command line and the
 * tests share.
 */
export interface Finding {
	readonly code: FindingCode;
	/**
	 * `error`: a listed snapshot cannot be restored exactly, its data is damaged, or its metadata is missing or
	 * unreadable. `warning`: nothing is lost, something needs attention. `info`: worth knowing, harmless.
	 */
	readonly severity: Severity;
	/** Relative to the store's directory, with `/`. Empty for the store itself. */
	readonly path: string;
	/** Byte offset in the file. */
	readonly offset?: number;
	/** 1-based, as frames are counted in messages. */
	readonly frame?: number;
	/** 1-based page number. */
	readonly page?: number;
	/** Ids of the snapshots that it makes unrestorable, in snapshot order. */
	readonly snapshots: readonly string[];
	/** What happened, to which file, in one sentence. */
	readonly message: string;
	/** What to do next, in one sentence. */
	readonly advice: string;
}

export type Severity = "error" | "warning" | "info";

/** Every code, and what it stands for. A code never changes its meaning. */
export const FINDING_CODES = {
	// The store's directories
	"unreadable-directory": "a directory of the store cannot be listed",
	"stray-entry": "a file or directory that no store writes",
	"link-outside": "a symbolic link that leads out of the store; it is not followed",
	"link-broken": "a symbolic link that leads nowhere or in a circle",
	"not-a-file": "a directory or device stands where a file should be",
	"unfinished-generation":
		"a full snapshot that was never completed: a generation without a snapshot, or a .tmp directory",
	"unfinished-snapshot": "a snapshot that was never completed: a .tmp directory",
	"unfinished-upgrade": "a store that an upgrade of rqlite was still writing",
	"scratchpad-leftover": "a file that a writer left in the scratchpad",
	// What an interrupted reap leaves
	"reap-checkpoint-pending": "a WAL beside the base whose checkpoint was cut short; it is applied to the base first",
	"reap-copy-unused": "a copy of a snapshot's WAL that is not needed",
	"reap-copy-needed": "the only copy of a reaped snapshot's WAL; it is applied between base and oldest snapshot",
	"reap-copy-ambiguous": "several different WAL copies whose order cannot be told",
	"reap-plan-pending": "a reap that was cut short and that the node finishes at its next start",
	"reap-plan-unreadable": "a REAP_PLAN that cannot be read as the plan it should be",
	"reap-plan-unfinished": "a REAP_PLAN that was never completed: a .tmp file",
	"reap-superseded": "snapshots whose data a reap that was cut short has changed or removed",
	// What the older layouts leave
	"snapshot-superseded": "a snapshot whose data is gone, since a newer one has taken its place",
	"replay-pending":
		"a snapshot of rqlite 8 or 9 whose WAL was not, or not wholly, replayed into the database; it is applied",
	"data-without-snapshot": "a database or WAL whose snapshot has no directory",
	// Metadata
	"meta-missing": "a snapshot directory without meta.json",
	"meta-unreadable": "a meta.json that cannot be read as the JSON object it should be",
	"meta-field": "a field of meta.json that is missing, of the wrong type, or out of range",
	"meta-mismatch": "a meta.json that contradicts its directory",
	// Data files
	"base-missing": "snapshots without the database that they start from",
	"base-damaged": "a database at the start of a chain that is no whole SQLite database",
	"database-wal": "a data.db-wal that is no part of the snapshot",
	"data-missing": "a snapshot directory with neither data.db nor a WAL",
	"state-damaged": "a state.bin of rqlite 7 from which the database cannot be unpacked",
	"state-checksum-mismatch": "a state.bin of rqlite 7 whose CRC-64 is not the one in meta.json",
	"state-too-large": "a state.bin of rqlite 7 that unpacks to more than is held in memory",
	"wal-missing": "an incremental snapshot without its WAL",
	"wal-lost": "WALs that are gone: names, checkpoint sequence and salts leave the same gap",
	"wal-order": "a WAL that is older by its name than the one that applies before it",
	"wal-bad-header": "a WAL whose header is damaged, or of another page size than its base",
	"wal-checksum-mismatch": "a WAL frame whose checksum is wrong, with committed work lost behind it",
	"wal-salt-mismatch": "a WAL frame whose salts are damaged",
	"wal-torn-frame": "a WAL that was cut inside a frame",
	"wal-empty": "a WAL without frames",
	"sidecar-missing": "a data file without the .crc32 file that belongs to it",
	"sidecar-unreadable": "a .crc32 file that cannot be read as the checksum it should be",
	"sidecar-disabled": "a .crc32 file that says not to check its data file",
	"sidecar-mismatch": "a file whose checksum is not the one that its sidecar gives",
	"sidecar-ieee": "a sidecar with the CRC-32 of IEEE in place of the CRC-32C",
	"unreadable-file": "a data file that cannot be read",
	"image-incomplete": "the database of a snapshot has pages that no file holds",
	// Between files
	"wal-out-of-sequence": "two WALs of a chain of which one is proven not to belong where it is",
	"wal-gap": "two WALs of a chain between which something may be missing",
	"index-falls": "a snapshot whose index is lower than that of the one before it",
	"same-position": "a snapshot with the term and index of the one before it",
	"clock-falls": "a snapshot that says it was made before the one it follows",
	"configuration-odd": "a Raft configuration that no cluster can have",
	// The database
	"database-damaged": "a snapshot whose database fails SQLite's own rules",
	"constraint-violated": "rows that break a constraint of the database's own schema",
} as const;

export type FindingCode = keyof typeof FINDING_CODES;

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** The worst severity among findings, or `undefined` when there are none. */
export function worstSeverity(findings: Iterable<Finding>): Severity | undefined {
	let worst: Severity | undefined;
	for (const { severity } of findings) {
		if (worst === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(worst)) worst = severity;
	}
	return worst;
}
