/** Texts by their English, as `vscode.l10n.bundle` holds them. */
export type Strings = Readonly<Record<string, string>>;

let strings: Strings = {};
let locale = "en";

/** Sets the language of every text made from now on. */
export function useLanguage(tag: string, translated: Strings): void {
	locale = tag;
	strings = translated;
}

/** The text in the user's language, `{0}`, `{1}`, … replaced by the arguments. */
export function t(english: string, ...values: readonly (string | number)[]): string {
	return (strings[english] ?? english).replace(/\{(\d+)\}/g, (placeholder, position) =>
		String(values[Number(position)] ?? placeholder),
	);
}

export function formatCount(count: number): string {
	return new Intl.NumberFormat(locale).format(count);
}

/** A size for people: three digits at most, binary units. */
export function formatSize(sizeBytes: number): string {
	const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
	let size = sizeBytes;
	let unit = 0;
	while (size >= 1024 && unit < units.length - 1) {
		size /= 1024;
		unit++;
	}
	return `${new Intl.NumberFormat(locale, { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 }).format(size)} ${units[unit]}`;
}

export function formatDuration(ms: number): string {
	if (ms < 1000) return t("{0} ms", formatCount(Math.round(ms)));
	return t("{0} s", new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms / 1000));
}

const SPANS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
	["year", 365 * 86_400_000],
	["month", 30 * 86_400_000],
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000],
	["second", 1000],
];

/** How long ago, in the largest unit that fits. */
export function formatAge(time: Date, now: Date): string {
	const ms = time.getTime() - now.getTime();
	const [unit, span] = SPANS.find(([, length]) => Math.abs(ms) >= length) ?? ["second", 1000];
	return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(ms / span), unit);
}

export function formatTime(time: Date): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }).format(time);
}
