/** A number read as a time. */
export interface PlausibleTime {
	readonly unit: "seconds" | "milliseconds" | "microseconds" | "nanoseconds" | "julian-day";
	/** ISO 8601, UTC, as many digits after the second as the unit has. */
	readonly text: string;
}

const EARLIEST_MS = Date.UTC(1990, 0);
const LATEST_MS = Date.UTC(2100, 0);

const UNITS = [
	{ unit: "seconds", digits: 0 },
	{ unit: "milliseconds", digits: 3 },
	{ unit: "microseconds", digits: 6 },
	{ unit: "nanoseconds", digits: 9 },
] as const;

const DAY_MS = 86_400_000;
/** Julian day of 1970-01-01, 0 h. */
const UNIX_EPOCH_DAY = 2_440_587.5;

/** The time that a number is, counted in the one unit in which it falls between 1990 and 2100, if there is one. */
export function plausibleTime(value: bigint | number): PlausibleTime | undefined {
	if (typeof value === "number") return realTime(value);
	for (const { unit, digits } of UNITS) {
		const perSecond = 10n ** BigInt(digits);
		const ms = Number((value * 1000n) / perSecond);
		if (isPlausible(ms) && value > 0n) {
			const fraction = (value % perSecond).toString().padStart(digits, "0");
			return { unit, text: isoText(ms, digits === 0 ? "" : `.${fraction}`) };
		}
	}
	return undefined;
}

function realTime(value: number): PlausibleTime | undefined {
	const dayMs = Math.round((value - UNIX_EPOCH_DAY) * DAY_MS);
	if (isPlausible(dayMs)) return { unit: "julian-day", text: new Date(dayMs).toISOString() };
	const ms = Math.round(value * 1000);
	if (isPlausible(ms)) return { unit: "seconds", text: new Date(ms).toISOString() };
	return isPlausible(value) ? { unit: "milliseconds", text: new Date(value).toISOString() } : undefined;
}

function isPlausible(ms: number): boolean {
	return ms >= EARLIEST_MS && ms < LATEST_MS;
}

function isoText(ms: number, fraction: string): string {
	return `${new Date(ms).toISOString().slice(0, 19)}${fraction}Z`;
}
