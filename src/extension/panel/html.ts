import { contentSecurityPolicy } from "./contentSecurityPolicy";

export interface PageAddresses {
	/** `webview.cspSource` */
	readonly source: string;
	readonly script: string;
	readonly nonce: string;
	/** BCP 47 */
	readonly language: string;
}

/** What a page is made of. */
export interface PageContent {
	readonly title: string;
	/** The name of the element that draws all of it. */
	readonly element: "snapshot-page" | "report-page";
}

/** The page's document. Its only text from a store is in the boot data, where nothing can end the element. */
export function html(
	{ source, script, nonce, language }: PageAddresses,
	{ title, element }: PageContent,
	boot: object,
): string {
	return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
	<meta charset="utf-8">
	<meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(source, nonce))}">
	<meta property="csp-nonce" content="${attribute(nonce)}">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<title>${title}</title>
	<script type="application/json" id="boot" nonce="${attribute(nonce)}">${json(boot)}</script>
</head>
<body>
	<${element}></${element}>
	<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function json(value: object): string {
	return JSON.stringify(value).replaceAll("<", "\\u003c");
}
