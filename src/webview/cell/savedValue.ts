import { isInvalidText, type SqlValue } from "../../protocol/values";
import type { ValueView } from "./valueViews";

/** A value as a file of its own. */
export interface SavedValue {
	/** A proposal; it holds what a column may be called. */
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** Text as UTF-8, bytes as they are; `undefined` for what is no file: a number, NULL. */
export function savedBytes(value: SqlValue): Uint8Array | undefined {
	if (typeof value === "string") return new TextEncoder().encode(value);
	if (value instanceof Uint8Array) return value;
	return isInvalidText(value) ? value.invalidText : undefined;
}

/** The end of a file's name that fits what a value is. */
export function fileExtension(value: SqlValue, views: readonly ValueView[]): string {
	const [view] = views;
	if (view?.kind === "image") return view.header.type.slice("image/".length).replace("jpeg", "jpg");
	if (view?.kind === "tree") return "json";
	return typeof value === "string" ? "txt" : "bin";
}
