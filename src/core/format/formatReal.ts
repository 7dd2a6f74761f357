/** A real, always with a point or an exponent where it is finite, so that it cannot be taken for an integer. */
export function formatReal(value: number): string {
	if (Object.is(value, -0)) return "-0.0";
	const text = String(value);
	return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
