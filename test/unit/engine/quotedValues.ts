import { quoteIdentifier } from "../../../src/core/sqlite/quoteIdentifier";
import type { SnapshotDatabase } from "../../../src/engine/snapshotDatabase";
import { decodeRows, RowWriter } from "../../../src/protocol/rows";
import { isInvalidText, type Row, type SqlValue } from "../../../src/protocol/values";
import { formatWhole } from "../../../src/webview/cell/formatValue";
import { queryAll } from "../../support/sqlite/oracle";

/** Every value of a database, compared; answers how many there are. Throws at the first one that SQLite quotes otherwise. */
export function compareWithQuotes(database: SnapshotDatabase, file: Uint8Array): number {
	let compared = 0;
	const tables = queryAll(file, "select name from sqlite_schema where type = 'table' and rootpage > 0");
	for (const [name] of tables) {
		const table = quoteIdentifier(String(name));
		// Hidden columns are those of virtual tables; an index may be in another order.
		const columns = queryAll(
			file,
			`select name from pragma_table_xinfo('${String(name).replaceAll("'", "''")}') where hidden <> 1`,
		);
		const quoted = columns.map(([column], at) => {
			const value = quoteIdentifier(String(column));
			return `quote(${value}) as q${at}, hex(cast(${value} as blob)) as h${at}`;
		});
		const theirs = queryAll(file, `select ${quoted.join()} from ${table} not indexed`);
		const ours = throughThePage(database, `select * from ${table} not indexed`, columns.length);
		if (ours.length !== theirs.length) throw new Error(`${name}: ${ours.length} rows of ${theirs.length}`);
		for (const [row, values] of ours.entries()) {
			for (const [column, value] of values.entries()) {
				const [quote, hex] = theirs[row]!.slice(column * 2, column * 2 + 2);
				const apart = difference(value, String(quote), String(hex));
				if (apart) throw new Error(`${name}, row ${row + 1}, ${columns[column]}: ${apart}`);
				compared++;
			}
		}
	}
	return compared;
}

/** Rows as they come out at the page's end of the channel. */
function throughThePage(database: SnapshotDatabase, select: string, width: number): readonly Row[] {
	const writer = new RowWriter(width);
	const cursor = database.query(select);
	for (let row = cursor.next(); row; row = cursor.next()) writer.add(row);
	return decodeRows(writer.take());
}

/** How a value and its text differ from SQLite's literal and bytes; `undefined` when they do not. */
function difference(value: SqlValue, quote: string, hex: string): string | undefined {
	const shown = formatWhole(value);
	const expected = (isSame: boolean): string | undefined => (isSame ? undefined : `${shown} is not ${quote}`);
	if (value === null) return expected(quote === "NULL" && shown === "NULL");
	if (typeof value === "bigint") return expected(quote === `${value}` && shown === quote);
	if (typeof value === "number") {
		// Both mean the same double; SQLite may write more digits than it takes, and leaves out the sign of zero.
		return expected(/[.e]/i.test(quote) && Number(quote) === value && sameReal(shown, value));
	}
	const bytes = typeof value === "string" ? Buffer.from(value) : isInvalidText(value) ? value.invalidText : value;
	if (Buffer.from(bytes).toString("hex").toUpperCase() !== hex) return `its bytes are not ${hex.slice(0, 100)}`;
	if (isInvalidText(value)) return expected(quote.startsWith("'"));
	if (typeof value !== "string") return expected(quote.startsWith("X'") && shown === `x'${hex.toLowerCase()}'`);
	// A literal ends at a NUL.
	const literal = `'${value.split("\0", 1)[0]!.replaceAll("'", "''")}'`;
	return expected(quote.startsWith(value.includes("\0") ? "" : literal) && quote[0] === "'" && shown === value);
}

function sameReal(shown: string, value: number): boolean {
	return Number.isFinite(value) ? Object.is(Number(shown), value) : /inf/i.test(shown);
}
