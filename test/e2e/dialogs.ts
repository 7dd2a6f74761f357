import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Workbench } from "../support/window/workbench";

/**
 * The file dialog that is open, or about to open: names a file. What is typed before it has listed a directory is lost, and
 * so is Enter while it looks at what was typed: that is pressed until it is heard.
 */
export async function enterPath(workbench: Workbench, title: string, path: string): Promise<void> {
	const dialog = workbench.page.locator(".quick-input-widget").filter({ hasText: title });
	const box = dialog.getByRole("textbox").first();
	await dialog.locator(".monaco-list-row").first().waitFor();
	await expect.poll(() => box.inputValue()).toContain("/");
	await box.fill(path);
	// Nothing here may wait for the dialog: it goes when Enter is heard, which may be at any time.
	const value = () => box.evaluateAll(([input]) => (input as HTMLInputElement | undefined)?.value);
	const isWaiting = async () => (await box.isVisible()) && (await value()) === path;
	await expect
		.poll(
			async () => {
				if (await isWaiting()) await box.press("Enter", { timeout: 1000 }).catch(() => {}); // it is gone
				return isWaiting();
			},
			{ interval: 300 },
		)
		.toBe(false);
}

/** The input box that is open, or about to open: types, and confirms with Enter. */
export async function enter(workbench: Workbench, title: string, text?: string): Promise<void> {
	const box = boxOf(workbench, title);
	await type(box, text);
	// It is gone once the extension has looked at the text; a click beside it before that would cancel it.
	await box.waitFor({ state: "hidden" });
}

/** The same with a text that is refused, for a reason that is shown: the box stays open. */
export async function enterRefused(workbench: Workbench, title: string, text: string, reason: string): Promise<void> {
	await type(boxOf(workbench, title), text);
	await boxOf(workbench, reason).waitFor();
}

/** Of the input box that shows a text. */
function boxOf(workbench: Workbench, shown: string): Locator {
	return workbench.page.locator(".quick-input-widget").filter({ hasText: shown }).getByRole("textbox").first();
}

async function type(box: Locator, text?: string): Promise<void> {
	await box.waitFor();
	if (text !== undefined) await box.fill(text);
	await box.press("Enter");
}

/** Answers the modal question. */
export async function answer(workbench: Workbench, question: string, button: string): Promise<void> {
	const dialog = workbench.page.getByRole("dialog").filter({ hasText: question });
	await dialog.getByRole("button", { name: button, exact: true }).click();
}
