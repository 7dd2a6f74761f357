import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchBrowser } from "../support/browser";
import { type OpenedPage, openPage, type PageOptions } from "../support/page/openPage";
import { SnapshotPage } from "./snapshotPage";

export interface PageInBrowser extends OpenedPage {
	readonly page: Page;
	readonly snapshot: SnapshotPage;
}

/** Pages of a store in a browser without VS Code, each for one test. Whatever the console complains of fails the test. */
export function usePages(store: string): { open(options?: Omit<PageOptions, "store">): Promise<PageInBrowser> } {
	let browser: Browser;
	const opened: OpenedPage[] = [];
	beforeAll(async () => {
		browser = await launchBrowser();
	});
	afterEach(async () => {
		const complaints = opened.flatMap((page) => page.complaints);
		await Promise.all(opened.splice(0).map(({ page }) => page.close()));
		expect(complaints).toEqual([]);
	});
	afterAll(() => browser?.close());
	return {
		open: async (options = {}) => {
			const page = await openPage(browser, { store: resolve(store), ...options });
			opened.push(page);
			const snapshot = new SnapshotPage(page.page.mainFrame());
			await snapshot.tables.waitFor();
			return { ...page, snapshot };
		},
	};
}
