import { FINDING_CODES, type Finding, type FindingCode, SEVERITIES, type Severity } from "../../core/verify/finding";

/** More than opening one snapshot finds: each of its files has at most one. */
const MAX_FINDINGS = 10_000;

/** What a page says that it found: whatever of it is no finding is left out. */
export function pageFindings(value: unknown): readonly Finding[] {
	if (!Array.isArray(value)) return [];
	return value.slice(0, MAX_FINDINGS).flatMap((item: unknown) => finding(item) ?? []);
}

function finding(value: unknown): Finding | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	const { code, severity, path, snapshots, message, advice, offset, frame, page } = value as Record<string, unknown>;
	if (!isCode(code) || !isSeverity(severity) || !isText(path) || !isText(message) || !isText(advice)) return undefined;
	if (!Array.isArray(snapshots) || !snapshots.every(isText)) return undefined;
	const places = Object.entries({ offset, frame, page }).filter(([, at]) => Number.isSafeInteger(at));
	return { code, severity, path, snapshots, message, advice, ...Object.fromEntries(places) };
}

function isText(value: unknown): value is string {
	return typeof value === "string";
}

function isCode(value: unknown): value is FindingCode {
	return isText(value) && Object.hasOwn(FINDING_CODES, value);
}

function isSeverity(value: unknown): value is Severity {
	return SEVERITIES.some((severity) => severity === value);
}
