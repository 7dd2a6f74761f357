import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchBrowser } from "../support/browser";
import { type OpenedPage, openPage, type PageOptions } from "../support/page/openPage";
import { SnapshotPage } from "../support/window/snapshotPage";

export interface PageInBrowser extends OpenedPage {
	readonly page: Page;
	readonly snapshot: SnapshotPage;
}

export interface Pages {
	/** A page for one test. */
	open(options?: Omit<PageOptions, "store">): Promise<PageInBrowser>;
	/** One page for all tests that leave nothing in it which the next would trip over. */
	shared(): Promise<PageInBrowser>;
}

/** Pages of a store in a browser without VS Code. Whatever the console complains of fails the test. */
export function usePages(store: string): Pages {
	let browser: Browser;
	let shared: Promise<PageInBrowser> | undefined;
	const opened: OpenedPage[] = [];
	const open = async (options: Omit<PageOptions, "store"> = {}): Promise<PageInBrowser> => {
		const page = await openPage(browser, { store: resolve(store), ...options });
		opened.push(page);
		const snapshot = new SnapshotPage(page.page.mainFrame());
		await snapshot.tables.or(page.page.getByText("The snapshot could not be opened")).first().waitFor();
		return { ...page, snapshot };
	};
	beforeAll(async () => {
		browser = await launchBrowser();
	});
	afterEach(async () => {
		const kept = await shared;
		const complaints = opened.flatMap((page) => page.complaints);
		for (const { page } of opened.splice(0)) if (page !== kept?.page) await page.close();
		if (complaints.length > 0) shared = undefined;
		else if (kept !== undefined) opened.push(kept);
		expect(complaints).toEqual([]);
	});
	afterAll(() => browser?.close());
	return {
		open,
		shared: () => {
			shared ??= open();
			return shared;
		},
	};
}

/** Calls to the extension that take something out of a page: what was copied or saved. */
export function takenOut(calls: readonly string[]): readonly string[] {
	return calls.filter((call) => /^(copy|save) /.test(call));
}
