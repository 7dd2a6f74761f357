import * as vscode from "vscode";
import { FileError } from "../../core/files";
import { StoreError } from "../../store/storeError";
import { Cancelled } from "../cancellation";
import { withoutLinks } from "../text/withoutMarkup";

/** Why a command is not carried out, in a sentence for the user. */
export class Refusal extends Error {
	override readonly name = "Refusal";
}

/** Runs a command. What it, a file or the store refuses is told; what somebody cancelled just ends. */
export async function tellRefusal(run: () => Promise<void>): Promise<void> {
	try {
		await run();
	} catch (error) {
		if (error instanceof Cancelled) return;
		if (!(error instanceof Refusal || error instanceof StoreError || error instanceof FileError)) throw error;
		void vscode.window.showErrorMessage(withoutLinks(error.message));
	}
}
