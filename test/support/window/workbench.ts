import { join } from "node:path";
import type { Browser, Frame, Locator, Page } from "playwright-core";
import { launchBrowser } from "../browser";
import { projectRoot } from "../projectRoot";
import { isVscodeNoise } from "../vscode/noise";
import { type Server, type Settings, startServer } from "../vscode/startServer";
import { workbenchUrl } from "../vscode/workbenchUrl";

/** Colour themes by the name that the setting has, with the part of the window's class that tells them. */
const THEMES = {
	"Default Dark Modern": "dark_modern",
	"Default Light Modern": "light_modern",
	"Default High Contrast": "hc_black",
	"Default High Contrast Light": "hc_light",
} as const;

export type Theme = keyof typeof THEMES;

export interface OpenOptions {
	/** Absolute path of the workspace folder; an empty window without it. */
	readonly folder?: string;
	/**
	 * Absolute path of a packaged extension to install. Default: what the variable `PACKAGED` names, else that of the
	 * working tree, not installed.
	 */
	readonly vsix?: string;
	readonly theme?: Theme;
	readonly settings?: Settings;
	readonly viewport?: { readonly width: number; readonly height: number };
	/** `false` opens the folder in Restricted Mode. Default: `true`. */
	readonly trusted?: boolean;
}

/** A disk may be slow, a machine busy. */
const WAIT_MS = 60_000;

/** Opens a VS Code window of its own, with the extension of the working tree (`npm run build` first) or a packaged one. */
export async function openWorkbench(options: OpenOptions): Promise<Workbench> {
	const theme = options.theme ?? "Default Dark Modern";
	const vsix = options.vsix ?? process.env["PACKAGED"];
	const settings = { ...options.settings, "security.workspace.trust.enabled": options.trusted === false };
	const server = await startServer({
		settings: { ...settings, "workbench.colorTheme": theme },
		extensions: vsix === undefined ? [] : [vsix],
	});
	try {
		const browser = await launchBrowser();
		const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
		page.setDefaultTimeout(WAIT_MS);
		const extension = vsix === undefined ? projectRoot : undefined;
		const workbench = new Workbench(server, browser, page, settings, extension);
		try {
			await workbench.openFolder(options.folder);
			return workbench;
		} catch (error) {
			await workbench.close();
			throw error;
		}
	} catch (error) {
		await server.stop();
		throw error;
	}
}

/** A VS Code window as a person uses it. Whoever opens it closes it. */
export class Workbench {
	readonly #server: Server;
	readonly #browser: Browser;
	readonly #settings: Settings;
	readonly #developmentExtension: string | undefined;
	#problems: string[] = [];

	constructor(
		server: Server,
		browser: Browser,
		readonly page: Page,
		settings: Settings,
		developmentExtension: string | undefined,
	) {
		this.#server = server;
		this.#browser = browser;
		this.#settings = settings;
		this.#developmentExtension = developmentExtension;
		page.on("console", (message) => {
			if (message.type() === "error") this.#note(`${message.text()} (${message.location().url})`);
		});
		page.on("pageerror", (error) => this.#note(error.stack ?? error.message));
		page.on("crash", () => this.#note("the window crashed"));
	}

	/**
	 * Console errors, violations of a content security policy included, and uncaught errors since the last call, oldest
	 * first.
	 */
	takeProblems(): readonly string[] {
		const problems = this.#problems;
		this.#problems = [];
		return problems;
	}

	/** Leaves the window's folder for another, or for none. */
	async openFolder(folder: string | undefined): Promise<void> {
		const developmentExtension = this.#developmentExtension;
		await this.page.goto(
			workbenchUrl(this.#server, {
				...(folder === undefined ? {} : { folder }),
				...(developmentExtension === undefined ? {} : { developmentExtension }),
			}),
		);
		await this.#ready();
	}

	/** Reloads the window, by the command: the browser's own reload would not wait until the window has kept its state. */
	async reload(): Promise<void> {
		const loaded = this.page.waitForEvent("load");
		await this.runCommand("Developer: Reload Window");
		await loaded;
		await this.#ready();
	}

	/** Shows a view container by its title in the activity bar. */
	async openView(title: string): Promise<void> {
		const icon = this.viewIcon(title);
		// A click on the icon of the container that is shown would hide it.
		if ((await icon.getAttribute("aria-selected")) !== "true") await icon.click();
		// Away from the icon, whose tooltip would cover the view.
		await this.page.mouse.move(0, 0);
		await this.viewIsShown(title);
	}

	/** Waits for a view container, by its title, to be the one in the side bar. */
	async viewIsShown(title: string): Promise<void> {
		await this.sideBar.getByRole("heading", { name: title, level: 2 }).waitFor();
	}

	/** The icon of a view container in the activity bar, by its title. */
	viewIcon(title: string): Locator {
		return this.page.locator(".part.activitybar").getByRole("tab", { name: title });
	}

	get sideBar(): Locator {
		return this.page.locator(".part.sidebar");
	}

	/** The tree in the side bar, which has the keyboard's focus for all its rows. */
	get tree(): Locator {
		return this.sideBar.getByRole("tree");
	}

	/** Rows of the trees in the side bar whose accessible name matches. */
	rows(name?: string | RegExp): Locator {
		return this.sideBar.getByRole("treeitem", name === undefined ? {} : { name });
	}

	/** Labels of the rows in the side bar, top to bottom, each indented by two spaces for every level it is below the first. */
	async outline(): Promise<string[]> {
		return this.rows().evaluateAll((rows) =>
			rows
				.map((row) => ({
					top: row.getBoundingClientRect().top,
					level: Number(row.getAttribute("aria-level")),
					label: row.querySelector(".label-name")?.textContent ?? "",
				}))
				.sort((a, b) => a.top - b.top)
				.map(({ level, label }) => "  ".repeat(level - 1) + label),
		);
	}

	/** Opens a node of a tree in the side bar, unless it is open. */
	async expand(row: Locator): Promise<void> {
		if ((await row.getAttribute("aria-expanded")) === "false") await this.#twistie(row).click();
	}

	/** Closes an open node of a tree in the side bar. */
	async collapse(row: Locator): Promise<void> {
		await this.#twistie(row).click();
	}

	/** Titles of the open editors, in the order of their tabs. */
	async tabs(): Promise<string[]> {
		return this.#tabTitles(".tab").allTextContents();
	}

	/** The title of the editor in front. */
	get activeTab(): Locator {
		return this.#tabTitles(".tab.active");
	}

	/** Messages at the bottom right, those with this text if it is given. */
	notifications(text: string | RegExp): Locator {
		return this.page.locator(".notifications-toasts .notification-list-item").filter({ hasText: text });
	}

	/** Waits for a message, in the list of all of them: VS Code holds some back that come in a burst. */
	async notified(text: string | RegExp): Promise<void> {
		const list = this.page.locator(".notifications-center.visible");
		const bell = this.page.locator("#status\\.notifications");
		await bell.click();
		await list.waitFor();
		const message = list.locator(".notification-list-item").filter({ hasText: text }).first();
		// One that comes while the list has the focus is put above what is in view.
		for (const end = Date.now() + WAIT_MS; Date.now() < end && !(await message.isVisible()); ) {
			await list.locator(".monaco-list").press("Home", { delay: 50 });
		}
		await message.waitFor();
		await bell.click();
		await list.waitFor({ state: "detached" });
	}

	/** Opens the Problems panel. */
	async showProblems(): Promise<void> {
		await this.page.locator("#status\\.problems").click();
	}

	/** Rows of the Problems panel. */
	get problemRows(): Locator {
		return this.page.locator(".part.panel .markers-panel").getByRole("treeitem");
	}

	/** Right-clicks, and chooses from the menu. */
	async chooseFromMenu(target: Locator, entry: string): Promise<void> {
		await target.click({ button: "right" });
		// The menu does not hear the mouse at first, lest the release of the right button choose; the keyboard it does.
		const item = this.page.locator(".context-view .monaco-menu").getByRole("menuitem", { name: entry, exact: true });
		await item.hover();
		await item.press("Enter");
		await item.waitFor({ state: "hidden" });
	}

	/** Runs a command by its title in the command palette, "Category: Title" if it has one. */
	async runCommand(title: string): Promise<void> {
		await this.page.keyboard.press("F1");
		await this.#quickInput.getByRole("textbox").fill(`>${title}`);
		await this.pick(title);
	}

	/** Chooses from the quick pick that is open, or about to open, by the label of a row. */
	async pick(label: string): Promise<void> {
		const row = this.#quickInput.locator(".monaco-list-row").filter({
			has: this.page.locator(".label-name").getByText(label, { exact: true }),
		});
		await row.first().click();
		await row.first().waitFor({ state: "hidden" });
	}

	/** Labels of the quick pick that is open. */
	async choices(): Promise<string[]> {
		const labels = this.#quickInput.locator(".quick-input-list-row:first-child .label-name");
		await labels.first().waitFor();
		return labels.allTextContents();
	}

	/** The page inside the webview that is in front, once it has content. */
	async webview(): Promise<Frame> {
		const outer = this.page.locator("iframe.webview:visible");
		const inner = outer.contentFrame().locator("iframe#active-frame");
		await inner.contentFrame().locator("body > *").first().waitFor({ state: "attached" });
		const frame = await (await inner.elementHandle())?.contentFrame();
		if (!frame?.url().includes("fake.html")) throw new Error(`no webview's page: ${frame?.url()}`);
		return frame;
	}

	/** Changes the colour theme, as the settings do. */
	async setTheme(theme: Theme): Promise<void> {
		await this.#server.writeSettings({ ...this.#settings, "workbench.colorTheme": theme });
		await this.page.locator(`.monaco-workbench[class*="${THEMES[theme]}"]`).waitFor();
	}

	/** Writes `test/e2e/screenshots/<name>.png`. */
	async screenshot(name: string): Promise<void> {
		const path = join(projectRoot, "test", "e2e", "screenshots", `${name}.png`);
		await this.page.screenshot({ path, animations: "disabled" });
	}

	/** Ends the window, its browser and its server. */
	async close(): Promise<void> {
		await this.#browser.close();
		await this.#server.stop();
	}

	/** Waits until the window has drawn what the extension contributes. */
	async #ready(): Promise<void> {
		await this.viewIcon("Snapshot Stores").waitFor();
	}

	/** A newer VS Code has the end of a file's name beside the name. */
	#tabTitles(tab: string): Locator {
		return this.page.locator(`.part.editor .tabs-container ${tab} .monaco-icon-label-container`);
	}

	#twistie(row: Locator): Locator {
		return row.locator(".monaco-tl-twistie");
	}

	get #quickInput(): Locator {
		return this.page.locator(".quick-input-widget");
	}

	#note(problem: string): void {
		if (!isVscodeNoise(problem)) this.#problems.push(problem);
	}
}
