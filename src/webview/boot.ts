import type { PageBoot } from "../protocol/page";

export function readBoot(page: Document): PageBoot {
	const boot: unknown = JSON.parse(page.getElementById("boot")?.textContent ?? "null");
	if (!isBoot(boot)) throw new Error("The page was given no boot data.");
	return boot;
}

function isBoot(value: unknown): value is PageBoot {
	if (!isObject(value)) return false;
	const { engineWorker, wasm, state, strings } = value as Partial<PageBoot>;
	return typeof engineWorker === "string" && typeof wasm === "string" && isObject(state) && isObject(strings);
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
