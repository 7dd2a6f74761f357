import { Random } from "../support/sample/random";
import { indexOf } from "./snapshotIds";

const CELLS_CHANGED = 12;
const BULK_ROWS = 300;

/** What a cell of a version holds: 6000 characters, so that one row is in several pages. */
const FILLER = "replace(hex(zeroblob(3000)), '000000', printf('%06d', version))";

/** One row that no two states share, and that says whether every cell holds what belongs to its version. */
export const DIGEST = `select
	(select count(*) from entry) as entries,
	(select max(n) from entry) as newest,
	(select group_concat(version) from (select version from cell order by id)) as versions,
	(select count(*) from cell where filler is not ${FILLER}) as torn,
	(select count(*) from bulk) as bulk,
	(select sum(born) from bulk) as born`;

/** The answer to `DIGEST`. */
export type Digest = readonly [
	entries: number,
	newest: number,
	versions: string,
	torn: number,
	bulk: number,
	born: number | null,
];

/** Every transaction that a node was given, its index in the Raft log, and what the tables hold after it. */
export class Ledger {
	readonly #random = new Random(1);
	readonly #versions: number[];
	/** After each transaction, from the first. */
	readonly #digests: Digest[] = [];
	/** Of each transaction that the node has applied, from the first. */
	readonly #indexes: number[] = [];
	#bulk: number | undefined;

	/** `cells`: rows of the largest table, of 6 KB each. */
	constructor(cells: number) {
		this.#versions = new Array<number>(cells).fill(1);
	}

	/** The statements of the next transaction. Now and then the database grows much, and shrinks again. */
	next(): readonly string[] {
		const n = this.#digests.length + 1;
		const statements = n === 1 ? this.#schema() : this.#changes(n);
		statements.push(`insert into entry values (${n})`);
		if (n % 5 === 0) {
			statements.push("delete from bulk");
			this.#bulk = undefined;
		} else if (n % 5 === 2) {
			statements.push(`insert into bulk(born, filler) select ${n}, hex(zeroblob(500)) from (${numbers(BULK_ROWS)})`);
			this.#bulk = n;
		}
		const bulk = this.#bulk === undefined ? ([0, null] as const) : ([BULK_ROWS, this.#bulk * BULK_ROWS] as const);
		this.#digests.push([n, n, this.#versions.join(), 0, ...bulk]);
		return statements;
	}

	/** How many transactions the node has applied. */
	get applied(): number {
		return this.#indexes.length;
	}

	/** Takes down at which index the node has applied the transaction that `next` gave last. */
	apply(index: number): void {
		this.#indexes.push(index);
	}

	/** What the tables of a snapshot hold: all that was applied up to its index. */
	digestOf(id: string): Digest {
		const digest = this.digestAfter(1 + this.#indexes.findLastIndex((index) => index <= indexOf(id)));
		if (!digest) throw new Error(`the node had applied nothing at the index of ${id}`);
		return digest;
	}

	/** What the tables hold after so many transactions, the last of which need not be applied yet. */
	digestAfter(transactions: number): Digest | undefined {
		return this.#digests[transactions - 1];
	}

	#schema(): string[] {
		return [
			"create table entry(n integer primary key)",
			"create table cell(id integer primary key, version integer not null, filler text)",
			"create table bulk(id integer primary key, born integer not null, filler text)",
			`insert into cell(id, version) select i, 1 from (${numbers(this.#versions.length)})`,
			`update cell set filler = ${FILLER}`,
		];
	}

	#changes(n: number): string[] {
		const ids = Array.from({ length: CELLS_CHANGED }, () => 1 + this.#random.below(this.#versions.length));
		for (const id of ids) this.#versions[id - 1] = n;
		const where = `where id in (${ids.join()})`;
		return [`update cell set version = ${n} ${where}`, `update cell set filler = ${FILLER} ${where}`];
	}
}

/** A query for the numbers from 1 on. */
function numbers(last: number): string {
	return `with recursive numbered(i) as (select 1 union all select i + 1 from numbered where i < ${last}) select i from numbered`;
}
