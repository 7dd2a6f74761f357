import { visible } from "../../text";
import { fieldOf, isJsonObject, parseJsonObject } from "../jsonObject";

/** A larger plan is not read: a real one has some 200 bytes for each WAL and each snapshot. */
export const MAX_PLAN_BYTES = 1 << 22;

/** One operation of a plan. Paths are the node's own, absolute, perhaps of another machine. */
export type ReapOperation =
	| { readonly type: "checkpoint"; readonly db: string; readonly wals: readonly string[] }
	| { readonly type: "rename" | "copy_file" | "calc_crc32"; readonly src: string; readonly dst: string }
	| { readonly type: "remove" | "remove_all" | "verify_db"; readonly src: string }
	| { readonly type: "mkdir_all" | "write_meta"; readonly dst: string }
	/** Of a version of rqlite that is not known here. */
	| { readonly type: "unknown"; readonly name: string };

/**
 * The operations of a `REAP_PLAN`, in the order in which a node takes them. Throws a `SyntaxError` when it is no plan. The
 * fields are in `src/core/FORMATS.md`, "A reap of rqlite 10".
 */
export function parseReapPlan(bytes: Uint8Array): readonly ReapOperation[] {
	const root = parseJsonObject(bytes);
	const operations = fieldOf(root, "ops");
	if (!Array.isArray(operations)) throw new SyntaxError("ops is no list");
	return operations.map((operation: unknown, at) => parseOperation(operation, `operation ${at + 1}`));
}

function parseOperation(value: unknown, which: string): ReapOperation {
	if (!isJsonObject(value)) throw new SyntaxError(`${which} is no object`);
	const text = (name: string): string => {
		const field = fieldOf(value, name);
		if (typeof field === "string" && field !== "") return field;
		throw new SyntaxError(`${which} has no ${name}`);
	};
	const type = text("type");
	switch (type) {
		case "checkpoint":
			return { type, db: text("db"), wals: texts(fieldOf(value, "wals"), which) };
		case "rename":
		case "copy_file":
		case "calc_crc32":
			return { type, src: text("src"), dst: text("dst") };
		case "remove":
		case "remove_all":
		case "verify_db":
			return { type, src: text("src") };
		case "mkdir_all":
		case "write_meta":
			return { type, dst: text("dst") };
		default:
			return { type: "unknown", name: visible(type) };
	}
}

/** Left out where there are none. */
function texts(value: unknown, which: string): readonly string[] {
	const list: unknown = value ?? [];
	if (!Array.isArray(list) || !list.every((item) => typeof item === "string")) {
		throw new SyntaxError(`${which} has wals that are no list of texts`);
	}
	return list;
}
