import fc from "fast-check";

/** What may happen to a database file. Places are taken modulo its size. */
export type PageDamage =
	| { readonly do: "flip"; readonly place: number; readonly bit: number }
	/** In the first bytes of a page, where its header is. */
	| { readonly do: "flip header"; readonly page: number; readonly place: number; readonly bit: number }
	| { readonly do: "write"; readonly place: number; readonly bytes: Uint8Array }
	| { readonly do: "zero"; readonly place: number; readonly length: number }
	| { readonly do: "zero page" | "older page"; readonly page: number }
	| { readonly do: "swap" | "copy"; readonly page: number; readonly other: number }
	| { readonly do: "cut"; readonly page: number };

const anywhere = fc.nat(2 ** 30);
const bit = fc.nat(7);
const page = fc.nat(2 ** 20);

export const damages: fc.Arbitrary<PageDamage> = fc.oneof(
	fc.record({ do: fc.constant("flip" as const), place: anywhere, bit }),
	fc.record({ do: fc.constant("flip header" as const), page, place: fc.nat(15), bit }),
	fc.record({
		do: fc.constant("write" as const),
		place: anywhere,
		bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
	}),
	fc.record({ do: fc.constant("zero" as const), place: anywhere, length: fc.integer({ min: 1, max: 64 }) }),
	fc.record({ do: fc.constantFrom("zero page" as const, "older page" as const), page }),
	fc.record({ do: fc.constantFrom("swap" as const, "copy" as const), page, other: page }),
	fc.record({ do: fc.constant("cut" as const), page }),
);

/** A damaged copy of a file. `older`: an earlier state of it. */
export function damaged(file: Uint8Array, pageSize: number, damage: PageDamage, older: Uint8Array): Uint8Array {
	const copy = file.slice();
	const pages = file.byteLength / pageSize;
	const pageAt = (page: number) => (page % pages) * pageSize;
	switch (damage.do) {
		case "flip":
			copy[damage.place % copy.byteLength]! ^= 1 << damage.bit;
			return copy;
		case "flip header":
			copy[pageAt(damage.page) + damage.place]! ^= 1 << damage.bit;
			return copy;
		case "write": {
			const place = damage.place % copy.byteLength;
			copy.set(damage.bytes.subarray(0, copy.byteLength - place), place);
			return copy;
		}
		case "zero": {
			const place = damage.place % copy.byteLength;
			return copy.fill(0, place, place + damage.length);
		}
		case "zero page":
			return copy.fill(0, pageAt(damage.page), pageAt(damage.page) + pageSize);
		case "older page": {
			const at = pageAt(damage.page);
			copy.set(older.subarray(at, at + pageSize), at);
			return copy;
		}
		case "swap":
		case "copy": {
			const [at, other] = [pageAt(damage.page), pageAt(damage.other)];
			copy.set(file.subarray(other, other + pageSize), at);
			if (damage.do === "swap") copy.set(file.subarray(at, at + pageSize), other);
			return copy;
		}
		case "cut":
			return copy.subarray(0, Math.max(1, damage.page % pages) * pageSize);
	}
}
