import { isInvalidText, type SqlValue } from "../../protocol/values";
import { formatCount, t } from "../l10n";
import { countCharacters } from "./formatValue";
import { type PlausibleTime, plausibleTime } from "./plausibleTime";
import type { ValueView } from "./valueViews";

/** What a value is, how large, and what it may mean. */
export function describeValue(value: SqlValue, views: readonly ValueView[]): readonly string[] {
	if (value === null) return [t("null")];
	if (typeof value === "bigint") return [t("integer"), ...timeText(value)];
	if (typeof value === "number") return [t("real"), ...timeText(value)];
	if (typeof value === "string") return [t("text"), charactersText(countCharacters(value))];
	if (isInvalidText(value)) {
		return [t("text that is invalid in the database's encoding"), bytesText(value.invalidText.byteLength)];
	}
	const image = views.find((view) => view.kind === "image")?.header;
	const size = bytesText(value.byteLength);
	if (image === undefined) return [t("blob"), size];
	return [t("blob"), size, image.type, t("{0} by {1} pixels", formatCount(image.width), formatCount(image.height))];
}

function timeText(value: bigint | number): readonly string[] {
	const time = plausibleTime(value);
	return time === undefined ? [] : [t("may be a time: {0} ({1})", time.text, unitText(time.unit))];
}

function unitText(unit: PlausibleTime["unit"]): string {
	switch (unit) {
		case "seconds":
			return t("Unix seconds");
		case "milliseconds":
			return t("Unix milliseconds");
		case "microseconds":
			return t("Unix microseconds");
		case "nanoseconds":
			return t("Unix nanoseconds");
		case "julian-day":
			return t("Julian day");
		default:
			return unit satisfies never;
	}
}

function charactersText(count: number): string {
	return count === 1 ? t("1 character") : t("{0} characters", formatCount(count));
}

function bytesText(count: number): string {
	return count === 1 ? t("1 byte") : t("{0} bytes", formatCount(count));
}
