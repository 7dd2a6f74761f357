import { decodeUtf8 } from "../../core/text";
import { isInvalidText, type SqlValue } from "../../protocol/values";
import { type ImageHeader, readImageHeader } from "./imageHeader";
import { type JsonNode, parseJson } from "./parseJson";

/** One way to look at a value. */
export type ValueView =
	| { readonly kind: "tree"; readonly root: JsonNode; readonly text: string }
	| { readonly kind: "image"; readonly bytes: Uint8Array; readonly header: ImageHeader }
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "hex"; readonly bytes: Uint8Array };

/** Bytes of a blob that are looked at for text in them. */
const MAX_TEXT_BYTES = 4 << 20;

/** The ways to look at a value, the most telling first. A number or NULL has none of its own. */
export function valueViews(value: SqlValue): readonly ValueView[] {
	if (typeof value === "string") return textViews(value);
	if (isInvalidText(value)) return [{ kind: "hex", bytes: value.invalidText }];
	if (!(value instanceof Uint8Array)) return [];
	const hex: ValueView = { kind: "hex", bytes: value };
	const header = readImageHeader(value);
	if (header !== undefined) return [{ kind: "image", bytes: value, header }, hex];
	const text = value.byteLength > 0 && value.byteLength <= MAX_TEXT_BYTES ? decodeUtf8(value) : undefined;
	if (text === undefined || hasControls(text)) return [hex];
	const [first, ...others] = textViews(text);
	return first?.kind === "tree" ? [first, ...others, hex] : [hex, { kind: "text", text }];
}

function textViews(text: string): readonly ValueView[] {
	const plain: ValueView = { kind: "text", text };
	const root = parseJson(text);
	return root === undefined ? [plain] : [{ kind: "tree", root, text }, plain];
}

/** Characters that text rarely has and numbers in binary form mostly do. */
function hasControls(text: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
	return /[\u0000-\u0008\u000e-\u001f]/.test(text);
}
