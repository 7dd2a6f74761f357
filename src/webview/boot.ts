import type { PageBoot } from "../protocol/page";

export function readBoot(page: Document): PageBoot {
	return bootOf(page, isBoot);
}

/** What the extension wrote into a page's HTML. Throws when it is not what the page asks for. */
export function bootOf<Boot>(page: Document, isBoot: (value: unknown) => value is Boot): Boot {
	const boot: unknown = JSON.parse(page.getElementById("boot")?.textContent ?? "null");
	if (!isBoot(boot)) throw new Error("The page was given no boot data.");
	return boot;
}

function isBoot(value: unknown): value is PageBoot {
	if (!isObject(value)) return false;
	const { engineWorker, wasm, state, strings } = value as Partial<PageBoot>;
	return typeof engineWorker === "string" && typeof wasm === "string" && isObject(state) && isObject(strings);
}

export function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
