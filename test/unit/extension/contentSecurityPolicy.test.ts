import { expect, test } from "vitest";
import { contentSecurityPolicy } from "../../../src/extension/panel/contentSecurityPolicy";

test("the policy is this, word for word", () => {
	expect(contentSecurityPolicy("https://page.example", "n0nce")).toBe(
		"default-src 'none'; script-src 'nonce-n0nce' 'wasm-unsafe-eval'; worker-src blob:; " +
			"style-src https://page.example 'nonce-n0nce'; connect-src https://page.example; " +
			"font-src https://page.example; img-src https://page.example data: blob:",
	);
});
