import { expect, test } from "vitest";
import { html } from "../../../src/extension/panel/html";

const addresses = {
	source: "https://page.example",
	script: "https://page.example/page.js",
	nonce: "a+b=",
	language: "en",
};
const content = { title: "Snapshot", element: "snapshot-page" } as const;
const boot = { engineWorker: "worker.js", wasm: "sql.wasm", strings: {} };

test("what a store is called cannot end the boot data or add an element", () => {
	const state = { storeUri: "file:///tmp/</script><img src=x onerror=alert(1)>", snapshot: "<!-- 2-7-1\u2028" };
	const page = html(addresses, content, { ...boot, state });
	expect(page.match(/<[a-z!/-]+/gi)).toEqual([
		"<!DOCTYPE",
		"<html",
		"<head",
		"<meta",
		"<meta",
		"<meta",
		"<meta",
		"<title",
		"</title",
		"<script",
		"</script",
		"</head",
		"<body",
		"<snapshot-page",
		"</snapshot-page",
		"<script",
		"</script",
		"</body",
		"</html",
	]);
	const text = /id="boot"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? "";
	expect(JSON.parse(text)).toEqual({ ...boot, state });
});

test("an attribute ends where its value does", () => {
	const state = { storeUri: "file:///tmp", snapshot: "2-7-1" };
	const page = html({ ...addresses, language: '"><b>&', script: 'a"b' }, content, { ...boot, state });
	expect(page).toContain('<html lang="&quot;>&lt;b>&amp;">');
	expect(page).toContain('src="a&quot;b"');
	expect(page).toContain('<meta property="csp-nonce" content="a+b=">');
});
