import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { sqlStatements } from "../core/sqlite/sqlStatements";
import { decodeUtf8, visible } from "../core/text";
import { EXIT, Failure, oneLine } from "./failure";

/** More is not read of a text that is to be SQL. */
const MAX_SQL_BYTES = 16 << 20;

/** The statements in a file. Throws `Failure`. */
export function statementsInFile(path: string): Promise<readonly string[]> {
	return statementsIn(createReadStream(path), visible(path));
}

/** The statements that standard input holds. Throws `Failure`. */
export function statementsInInput(input: Readable): Promise<readonly string[]> {
	return statementsIn(input, "standard input");
}

async function statementsIn(stream: Readable, name: string): Promise<readonly string[]> {
	const pieces: Buffer[] = [];
	let length = 0;
	try {
		for await (const piece of stream as AsyncIterable<Buffer>) {
			pieces.push(piece);
			length += piece.byteLength;
			if (length > MAX_SQL_BYTES)
				throw new Failure(
					EXIT.usage,
					`${name} has more than ${MAX_SQL_BYTES >> 20} MiB, the most that is read of SQL.`,
				);
		}
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new Failure(EXIT.usage, `${name} cannot be read: ${oneLine(error)}`);
	}
	const text = decodeUtf8(Buffer.concat(pieces));
	if (text === undefined) throw new Failure(EXIT.usage, `${name} is no text in UTF-8.`);
	const statements = sqlStatements(text).map((statement) => statement.text);
	if (statements.length === 0)
		throw new Failure(EXIT.usage, `There is no SQL: ${name} holds no statement. snapstore --help explains.`);
	return statements;
}
