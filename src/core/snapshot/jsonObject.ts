import { parse } from "lossless-json";
import { decodeUtf8 } from "../text";

/** A JSON object whose integers are read exactly, as `bigint`; other numbers are `number`. */
export type JsonObject = { readonly [name: string]: unknown };

/** The one JSON object that a file holds. Throws a `SyntaxError` whose message is a sentence's end: "it is not UTF-8". */
export function parseJsonObject(bytes: Uint8Array): JsonObject {
	const text = decodeUtf8(bytes);
	if (text === undefined) throw new SyntaxError("it is not UTF-8");
	let value: unknown;
	try {
		value = parse(text, null, {
			parseNumber: (digits) => (/^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits)),
			onDuplicateKey: ({ key }) => {
				throw new SyntaxError(`the key ${key} stands in it twice`);
			},
		});
	} catch (error) {
		// Nesting without end exhausts the stack: a RangeError.
		throw new SyntaxError(error instanceof SyntaxError ? error.message : "it is nested too deeply");
	}
	if (!isJsonObject(value)) throw new SyntaxError("it is no JSON object");
	return value;
}

/** Whether a value of parsed JSON is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of its own; `undefined` when it has none of that name. */
export function fieldOf(object: JsonObject, name: string): unknown {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}
