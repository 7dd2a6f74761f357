import { type Node, type ParseError, parseTree } from "jsonc-parser";

/** A value in JSON text, with its place there: numbers stay as they are written, and members in their order. */
export type JsonNode = Node;

/** Longer text is shown as text alone. */
const MAX_CHARACTERS = 2 << 20;

/** The object or list that a text is, or `undefined` when it is no JSON, another value, or too long to look. */
export function parseJson(text: string): JsonNode | undefined {
	if (text.length > MAX_CHARACTERS || !/^\s*[[{]/.test(text)) return undefined;
	const errors: ParseError[] = [];
	try {
		const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
		return errors.length === 0 ? root : undefined;
	} catch (error) {
		if (error instanceof RangeError) return undefined; // nested deeper than the stack
		throw error;
	}
}
