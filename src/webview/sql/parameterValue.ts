import type { ParameterInput, ParameterType } from "../../protocol/pageQuery";
import type { SqlValue } from "../../protocol/values";
import { t } from "../l10n";

export const EMPTY_INPUT: ParameterInput = { type: "text", text: "" };

/** The value that was entered, or why it is none. */
export function parameterValue({
	type,
	text,
}: ParameterInput): { readonly value: SqlValue } | { readonly error: string } {
	const trimmed = text.trim();
	switch (type) {
		case "text":
			return { value: text };
		case "null":
			return { value: null };
		case "integer":
			if (/^[+-]?\d{1,19}$/.test(trimmed)) {
				const value = BigInt(trimmed.replace("+", ""));
				if (BigInt.asIntN(64, value) === value) return { value };
			}
			return { error: t("An integer of 64 bits is needed.") };
		case "real":
			if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return { value: Number(trimmed) };
			return { error: t("A number is needed, as 1.5 or 2e10.") };
		case "blob": {
			const digits = trimmed.replaceAll(/\s+/g, "");
			if (!/^([\da-f]{2})*$/i.test(digits)) return { error: t("Hexadecimal digits are needed, two for each byte.") };
			return { value: Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) };
		}
		default:
			return type satisfies never;
	}
}

export function typeName(type: ParameterType): string {
	switch (type) {
		case "text":
			return t("text");
		case "integer":
			return t("integer");
		case "real":
			return t("real");
		case "blob":
			return t("blob (hex)");
		case "null":
			return "NULL";
		default:
			return type satisfies never;
	}
}
