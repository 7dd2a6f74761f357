import type { DatabaseSpace, ObjectSpace } from "../../protocol/space";

/** One thing that takes space: a table, an index, or pages of another use. Bytes are of whole pages. */
export type SpaceRow =
	| { readonly kind: "table" | "index"; readonly name: string; readonly bytes: number; readonly space: ObjectSpace }
	| { readonly kind: "free" | "pointer-map" | "lock-byte" | "lost"; readonly pages: number; readonly bytes: number };

/** What takes the space: tables, each followed by its indexes, by what they take together, then pages of other uses. */
export function spaceRows(space: DatabaseSpace): readonly SpaceRow[] {
	const { pageSize, freePages, pointerMapPages, lockBytePages, lostPages } = space;
	const groups = new Map<string, { bytes: number; rows: SpaceRow[] }>();
	for (const object of space.objects) {
		const { type, name, table } = object.object;
		const bytes = pagesOf(object) * pageSize;
		const group = groups.get(table) ?? { bytes: 0, rows: [] };
		group.bytes += bytes;
		group.rows.push({ kind: type, name, bytes, space: object });
		groups.set(table, group);
	}
	const rows = [...groups.values()]
		.sort((one, other) => other.bytes - one.bytes)
		.flatMap((group) => group.rows.sort((one, other) => rank(one) - rank(other) || other.bytes - one.bytes));
	const others = [
		["free", freePages],
		["pointer-map", pointerMapPages],
		["lock-byte", lockBytePages],
		["lost", lostPages],
	] as const;
	return [
		...rows,
		...others.flatMap(([kind, pages]) => (pages === 0 ? [] : [{ kind, pages, bytes: pages * pageSize }])),
	];
}

export function pagesOf({ interiorPages, leafPages, overflowPages }: ObjectSpace): number {
	return interiorPages + leafPages + overflowPages;
}

function rank({ kind }: SpaceRow): number {
	return kind === "table" ? 0 : 1;
}
