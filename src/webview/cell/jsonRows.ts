import type { JsonNode } from "./parseJson";

/** One line of a JSON tree: a value, or the place of those of a list or object that are not drawn yet. */
export interface JsonRow {
	/** A list or object whose further children this line stands for, where `more` says how many. */
	readonly node: JsonNode;
	/** Its name or position; `undefined` for the root. */
	readonly key: string | number | undefined;
	/** From 1. */
	readonly level: number;
	/** Among its siblings, from 1. */
	readonly position: number;
	readonly siblings: number;
	readonly open: boolean | undefined;
	readonly more: number;
}

/** Children that are drawn at first, and more of at each request. */
export const CHILDREN = 100;

/** The lines of a tree from top to bottom. `open`: lists and objects that are unfolded, and how many children they show. */
export function jsonRows(root: JsonNode, open: ReadonlyMap<JsonNode, number>): readonly JsonRow[] {
	const rows: JsonRow[] = [];
	const add = (node: JsonNode, key: JsonRow["key"], level: number, position: number, siblings: number): void => {
		const children = childrenOf(node);
		const shown = Math.min(children.length, open.get(node) ?? 0);
		rows.push({ node, key, level, position, siblings, open: isFolder(node) ? shown > 0 : undefined, more: 0 });
		for (const [at, child] of children.slice(0, shown).entries()) {
			const [name, value] = node.type === "object" ? (child.children ?? []) : [undefined, child];
			if (value !== undefined)
				add(value, name === undefined ? at : String(name.value), level + 1, at + 1, children.length);
		}
		const more = children.length - shown;
		if (shown === 0 || more === 0) return;
		const last = { position: shown + 1, siblings: children.length };
		rows.push({ node, key: undefined, level: level + 1, ...last, open: undefined, more });
	};
	add(root, undefined, 1, 1, 1);
	return rows;
}

/** Position of the line of which this one is a child; its own for the root. */
export function parentRow(rows: readonly JsonRow[], at: number): number {
	const level = rows[at]?.level ?? 1;
	for (let before = at - 1; before >= 0; before--) if ((rows[before]?.level ?? 0) < level) return before;
	return at;
}

export function childrenOf(node: JsonNode): readonly JsonNode[] {
	return node.children ?? [];
}

/** Whether there is something in it to unfold. */
export function isFolder(node: JsonNode): boolean {
	return (node.type === "object" || node.type === "array") && childrenOf(node).length > 0;
}
