/**
 * One value of a result, exact: an integer is always a `bigint`, a real always a `number`, text that is valid in the
 * database's encoding a `string`, a blob its bytes.
 */
export type SqlValue = null | bigint | number | string | Uint8Array | InvalidText;

/** Text whose bytes are not valid in the database's encoding, as they are. */
export interface InvalidText {
	readonly invalidText: Uint8Array;
}

export function isInvalidText(value: SqlValue): value is InvalidText {
	return typeof value === "object" && value !== null && "invalidText" in value;
}

export type Row = readonly SqlValue[];
