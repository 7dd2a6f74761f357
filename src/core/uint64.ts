export const MAX_UINT64 = 2n ** 64n - 1n;

/** The number that decimal digits stand for, or `undefined` when a text is none or does not fit. */
export function parseUint64(text: string): bigint | undefined {
	if (!/^\d{1,20}$/.test(text)) return undefined;
	const number = BigInt(text);
	return number <= MAX_UINT64 ? number : undefined;
}
