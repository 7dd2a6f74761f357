import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { readStore } from "../../../src/core/snapshot/catalog";
import { html } from "../../../src/extension/panel/html";
import { ServedSnapshot } from "../../../src/extension/panel/servedSnapshot";
import { nodeFiles } from "../../../src/node/nodeFiles";
import type { HostLayoutFunctions, KeptLayout } from "../../../src/protocol/columnLayouts";
import type { HostFunctions, PageFunctions } from "../../../src/protocol/page";
import type { HostQueryFunctions, PageQuery } from "../../../src/protocol/pageQuery";
import { decodeRow } from "../../../src/protocol/rows";
import { connect } from "../../../src/protocol/rpc";
import { projectRoot } from "../projectRoot";
import { servedStore } from "./servedStore";
import { type ThemeName, themeStyle } from "./themes";

export interface PageOptions {
	/** Directory of the store. */
	readonly store: string;
	/** Id of the snapshot; the newest when missing. */
	readonly snapshot?: string;
	readonly theme?: ThemeName;
	/** The query that the user chooses of those that the extension keeps. */
	readonly chosen?: string;
	/** How columns were arranged before. */
	readonly layouts?: readonly KeptLayout[];
	/** In pixels of the screen, as the height. */
	readonly width?: number;
	readonly height?: number;
	/** Of VS Code's window: 2 for 200 per cent. */
	readonly zoom?: number;
}

export interface OpenedPage {
	readonly page: Page;
	/** Calls to the extension, apart from those that describe and read. */
	readonly calls: readonly string[];
	/** How columns were arranged, in the order in which the extension was told. */
	readonly layouts: readonly KeptLayout[];
	/** Errors of the console and violations of the policy, in the order in which they came. */
	readonly complaints: readonly string[];
	storeChanged(): void;
	runQuery(query: PageQuery): void;
}

const ORIGIN = "https://webview.test";
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".wasm": "application/wasm" };

const contexts = new WeakMap<Browser, Map<number, Promise<BrowserContext>>>();

/** Pages share one as far as they can: each is another user to the browser, which takes it a second or two to make. */
function contextOf(browser: Browser, zoom: number): Promise<BrowserContext> {
	const made = contexts.get(browser) ?? new Map<number, Promise<BrowserContext>>();
	contexts.set(browser, made);
	const context = made.get(zoom) ?? browser.newContext({ deviceScaleFactor: zoom, reducedMotion: "reduce" });
	made.set(zoom, context);
	return context;
}

/** Opens the built page in a browser without VS Code, under its policy; this process answers as the extension does. */
export async function openPage(browser: Browser, options: PageOptions): Promise<OpenedPage> {
	const id = options.snapshot ?? (await readStore(nodeFiles(options.store))).newest?.id ?? "";
	const calls: string[] = [];
	const layouts: KeptLayout[] = [];
	const store = servedStore(options.store, (findings) =>
		calls.push(`found ${findings.map(({ code }) => code).join(" ")}`),
	);
	const served = new ServedSnapshot(store, id, () => options.store);
	const host: HostFunctions & HostLayoutFunctions & HostQueryFunctions = {
		describe: () => served.describe(),
		readFile: (...piece) => served.read(...piece),
		openSnapshot: async (snapshot) => void calls.push(`open ${await served.find(snapshot)}`),
		reportFindings: async (findings) => served.report(findings),
		verifyStore: async () => void calls.push("verify"),
		copyText: async (text) => void calls.push(`copy ${text}`),
		saveValue: async (name, bytes) => void calls.push(`save ${name} ${Buffer.from(bytes).toString("hex")}`),
		exportRows: async ({ queries, object, partial }) => {
			const statements = queries.map(({ sql, parameters }) => [sql, ...decodeRow(parameters).map(String)]);
			calls.push(`export ${JSON.stringify([statements, object, partial])}`);
		},
		restoreSnapshot: async () => void calls.push("restore"),
		keepLayout: async (layout) => void layouts.push(layout),
		rememberQuery: async (sql) => void calls.push(`remember ${sql}`),
		chooseFromHistory: async () => options.chosen ?? null,
		saveQuery: async (sql) => void calls.push(`save ${sql}`),
		chooseSavedQuery: async () => options.chosen ?? null,
		runElsewhere: async (query) => void calls.push(`elsewhere ${JSON.stringify(query)}`),
	};

	const { width = 1000, height = 700, zoom = 1 } = options;
	const viewport = { width: Math.floor(width / zoom), height: Math.floor(height / zoom) };
	const page = await (await contextOf(browser, zoom)).newPage();
	await page.setViewportSize(viewport);
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});

	let receive: (message: unknown) => void = () => {};
	const { remote } = connect<PageFunctions, typeof host>(host, {
		post: (message) => void page.evaluate((data) => window.postMessage(data, "*"), message),
		listen: (listener) => {
			receive = listener;
			return () => {};
		},
	});
	await page.exposeFunction("toHost", (message: unknown) => receive(message));
	const theme = themeStyle(options.theme ?? "dark");
	await page.addInitScript(({ bodyClass, css }) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(css);
		document.adoptedStyleSheets.push(sheet);
		document.addEventListener("DOMContentLoaded", () => document.body.classList.add(bodyClass));
		const toHost = (message: unknown) => (window as unknown as { toHost(message: unknown): void }).toHost(message);
		Object.assign(window, { acquireVsCodeApi: () => ({ postMessage: toHost, setState: () => {} }) });
	}, theme);
	await page.route(`${ORIGIN}/**`, async (route) => {
		const name = basename(new URL(route.request().url()).pathname);
		if (name === "") return route.fulfill({ contentType: "text/html", body: documentText(options, id) });
		const contentType = TYPES[name.slice(name.lastIndexOf("."))];
		if (contentType === undefined) return route.abort();
		return route.fulfill({ contentType, body: await readFile(join(projectRoot, "dist", name)) });
	});
	await page.goto(`${ORIGIN}/`);
	return {
		page,
		calls,
		layouts,
		complaints,
		storeChanged: () => remote.storeChanged(),
		runQuery: (query) => remote.runQuery(query),
	};
}

function documentText({ store, layouts = [] }: PageOptions, snapshot: string): string {
	const addresses = { source: ORIGIN, script: `${ORIGIN}/page.js`, nonce: "nonceOfTheHarness", language: "en" };
	const state = { storeUri: `file://${store}`, snapshot };
	return html(
		addresses,
		{ title: "Snapshot", element: "snapshot-page" },
		{
			engineWorker: `${ORIGIN}/engineWorker.js`,
			wasm: `${ORIGIN}/sql-wasm.wasm`,
			state,
			layouts,
			strings: {},
		},
	);
}
