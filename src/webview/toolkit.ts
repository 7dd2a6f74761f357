import { provideVSCodeDesignSystem, vsCodeButton } from "@vscode/webview-ui-toolkit";

/** Registers the toolkit's elements that the page uses; nothing else of the page knows the toolkit's package. */
export function registerToolkit(): void {
	provideVSCodeDesignSystem().register(vsCodeButton());
}
