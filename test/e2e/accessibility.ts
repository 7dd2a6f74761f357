import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Frame } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong in a page: one line for each element and rule. */
export async function accessibilityViolations(frame: Frame): Promise<string[]> {
	await frame.evaluate(AXE);
	const { violations } = await frame.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
	);
}
