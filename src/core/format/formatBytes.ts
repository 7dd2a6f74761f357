const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** "1.5 MiB": at most one digit behind the point. */
export function formatBytes(bytes: number, language: string): string {
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < UNITS.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${UNITS[unit]}`;
}
