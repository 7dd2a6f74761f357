import type { Frame, Locator } from "playwright-core";
import type { Workbench } from "./workbench";

/** The page of a snapshot, once it stands in front and its files have been read, for better or worse. */
export async function snapshotPage(workbench: Workbench, id: string): Promise<SnapshotPage> {
	await workbench.activeTab.filter({ hasText: new RegExp(`^${id}( · |$)`) }).waitFor();
	const page = new SnapshotPage(await workbench.webview());
	await page.tables.or(page.notices.getByText("Nothing has been opened")).first().waitFor();
	return page;
}

export class SnapshotPage {
	readonly field: Locator;
	readonly run: Locator;
	readonly cancel: Locator;
	/** Row count and elapsed time, or what a query waits for. */
	readonly status: Locator;
	/** What SQLite said of a query that failed. */
	readonly alert: Locator;
	readonly grid: Locator;
	readonly tables: Locator;
	readonly notices: Locator;
	/** What the answers stand on, in one line; opens the whole. */
	readonly summary: Locator;
	/** What Raft knew, in one line; opens the whole. */
	readonly raft: Locator;

	constructor(readonly frame: Frame) {
		this.field = frame.getByRole("textbox", { name: "SQL query" });
		this.run = frame.getByRole("button", { name: "Run", exact: true });
		this.cancel = frame.getByRole("button", { name: "Cancel", exact: true });
		this.status = frame.getByRole("status");
		this.alert = frame.getByRole("alert");
		this.grid = frame.getByRole("grid", { name: "Results" });
		this.tables = frame.getByRole("listbox", { name: "Tables" });
		this.notices = frame.getByRole("region", { name: "Notices" });
		this.summary = frame.locator("chain-header summary");
		this.raft = frame.locator("raft-section summary");
	}

	/** Runs a query and waits until rows, an error, or nothing came of it. */
	async query(sql: string): Promise<void> {
		await this.field.fill(sql);
		await this.field.press("Control+Enter");
		await this.settled();
	}

	/** What the SQL field holds. */
	async text(): Promise<string> {
		return (await this.field.locator(".cm-line").allInnerTexts()).join("\n");
	}

	/** Browses a table or view, or shows the definition of something else. */
	async choose(name: string): Promise<void> {
		await this.object(name).click();
		await this.settled();
	}

	/** An object in the list, by its name alone. */
	object(name: string): Locator {
		return this.tables
			.getByRole("option")
			.filter({ has: this.frame.locator(".name").getByText(name, { exact: true }) });
	}

	async settled(): Promise<void> {
		await this.status.filter({ hasNotText: /(?:Running|counting|searching)…/ }).waitFor();
		await this.grid.locator("[role=row][aria-busy=true]").first().waitFor({ state: "detached" });
	}

	/** The cells of the rows that are drawn, as their text. */
	async rows(): Promise<string[][]> {
		return this.grid
			.locator(".window [role=row]")
			.evaluateAll((rows) =>
				rows.map((row) => [...row.querySelectorAll("[role=gridcell]")].map(({ textContent }) => textContent ?? "")),
			);
	}
}
