// Builds what ships into dist/, and the tools of the tests into .cache/tools/.
// usage: node .esbuild.mjs [--watch]

import { readdirSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const common = {
	bundle: true,
	sourcemap: "linked",
	target: "es2022",
	logLevel: "warning",
	// sql.js asks for these only after it has found out that it runs under Node.
	external: ["node:*"],
	mainFields: ["module", "main"],
};
/**
 * A file that imports all of a CommonJS module gets a copy of its names, each with a getter. `vscode` has 440 and is
 * imported by most files: half the time of loading the extension. This way there is one copy for all of them.
 */
const oneVscode = {
	name: "one vscode",
	setup(build) {
		build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
			namespace === "vscode" ? { path: "vscode", external: true } : { path: "vscode", namespace: "vscode" },
		);
		build.onLoad({ filter: /^/, namespace: "vscode" }, () => ({ contents: 'export * from "vscode";' }));
	},
};
const node = { ...common, platform: "node", target: "node20", plugins: [oneVscode] };
const minified = { ...node, format: "cjs", minify: true };
/**
 * Libraries that only some of what can be asked for needs. Each is a file of its own in `dist/lib`: what starts does not
 * parse it, and what ships has it once.
 */
const apart = {
	"sql.js": 'module.exports = require("sql.js");',
	"proper-lockfile": 'module.exports = require("proper-lockfile");',
	papaparse: 'module.exports = require("papaparse");',
	"@bufbuild/protobuf": ["", "/codegenv2", "/wire"]
		.map((part) => `export * from "@bufbuild/protobuf${part}";`)
		.join("\n"),
};
const fileOf = (library) => library.split("/").at(-1);
const librariesApart = {
	name: "libraries apart",
	setup(build) {
		const library = new RegExp(`^(${Object.keys(apart).join("|")})(/.*)?$`);
		build.onResolve({ filter: library }, ({ path }) => ({
			path: `./lib/${fileOf(library.exec(path)[1])}.js`,
			external: true,
		}));
	},
};
/** What ships and runs in Node. It has `require` for `import()`, which would not see what a library's file exports. */
const shipped = {
	...minified,
	supported: { "dynamic-import": false },
	outdir: "dist",
	plugins: [oneVscode, librariesApart],
};
const browser = { ...common, platform: "browser", external: ["fs", "crypto", "path", "stream"], minify: true };

/** What ships. */
const product = [
	{
		...shipped,
		entryPoints: {
			extension: "src/extension/extension.ts",
			verifyWorker: "src/extension/verification/verifyWorker.ts",
			engineThread: "src/extension/engine/engineThread.ts",
			exportThread: "src/extension/export/exportThread.ts",
			databaseThread: "src/cli/thread/databaseThread.ts",
		},
	},
	{ ...shipped, entryPoints: { cli: "src/cli/main.ts" }, banner: { js: "#!/usr/bin/env node" } },
	...Object.entries(apart).map(([library, contents]) => ({
		...minified,
		stdin: { contents, resolveDir: "." },
		outfile: `dist/lib/${fileOf(library)}.js`,
	})),
	{
		...browser,
		format: "iife",
		entryPoints: { page: "src/webview/page/page.ts", report: "src/webview/report/report.ts" },
		outdir: "dist",
	},
	{ ...browser, format: "iife", entryPoints: { engineWorker: "src/engine/webWorker.ts" }, outdir: "dist" },
];
/** What only this working tree needs. node-sqlite3-wasm and the like find their own files beside them: not bundled. */
const tools = [
	{
		...node,
		format: "esm",
		packages: "external",
		entryPoints: {
			sample: "test/support/sample.ts",
			start: "test/support/start.ts",
			hostTests: "test/host/run.ts",
			bench: "test/bench/run.ts",
		},
		outdir: ".cache/tools",
		outExtension: { ".js": ".mjs" },
	},
	{
		// As it would ship: what is measured is not how long Node looks for modules.
		...minified,
		entryPoints: {
			readStream: "test/bench/readStream.ts",
			scanWals: "test/bench/scanWals.ts",
			askDatabase: "test/bench/askDatabase.ts",
			activateExtension: "test/bench/activateExtension.ts",
		},
		outdir: ".cache/tools",
		outExtension: { ".js": ".cjs" },
	},
	{
		...node,
		format: "cjs",
		external: ["mocha", "node-sqlite3-wasm"],
		// Every test there is: a new file cannot be forgotten.
		entryPoints: entriesOf("test/host", (name) => name === "suite.ts" || name.endsWith(".test.ts")),
		outdir: ".cache/tools/host",
		outExtension: { ".js": ".cjs" },
	},
];

const builds = [...product, ...tools];

if (process.argv.includes("--watch")) {
	for (const options of builds) await (await esbuild.context(options)).watch();
} else {
	// A test that is gone must not run.
	await rm(".cache/tools/host", { recursive: true, force: true });
	await Promise.all(builds.map((options) => esbuild.build(options)));
}
await mkdir("dist", { recursive: true });
await copyFile("node_modules/sql.js/dist/sql-wasm.wasm", "dist/sql-wasm.wasm");
const { writeSample } = await import(pathToFileURL(".cache/tools/sample.mjs").href);
// That of an earlier build may tell another story.
await rm("dist/sample", { recursive: true, force: true });
await writeSample("dist/sample");

function entriesOf(directory, isEntry) {
	const names = readdirSync(directory).filter(isEntry);
	return Object.fromEntries(names.map((name) => [basename(name, ".ts"), `${directory}/${name}`]));
}
