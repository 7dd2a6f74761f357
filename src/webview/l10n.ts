import { formatBytes } from "../core/format/formatBytes";
import { relativeTime } from "../core/format/relativeTime";

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

/** A share of one as per cent. */
export function formatShare(share: number): string {
	return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

export function formatSize(sizeBytes: number): string {
	return formatBytes(sizeBytes, locale);
}

export function formatDuration(ms: number): string {
	if (ms < 1000) return t("{0} ms", formatCount(Math.round(ms)));
	return t("{0} s", new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(ms / 1000));
}

export function formatAge(time: Date, now: Date): string {
	return relativeTime(time, now, locale);
}

export function formatTime(time: Date): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }).format(time);
}
