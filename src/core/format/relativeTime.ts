const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, seconds: number])[] = [
	["year", 365 * 86_400],
	["month", 30 * 86_400],
	["day", 86_400],
	["hour", 3_600],
	["minute", 60],
	["second", 1],
];

/** "3 hours ago", in the largest unit that fits. */
export function relativeTime(time: Date, now: Date, language: string): string {
	const seconds = Math.round((time.getTime() - now.getTime()) / 1000);
	const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
	return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
}
