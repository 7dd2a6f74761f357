import type * as vscode from "vscode";
import type { Cancellation } from "../core/files";

/** A token of VS Code's as core asks for it. */
export function cancellationOf(token: vscode.CancellationToken): Cancellation {
	return {
		get aborted() {
			return token.isCancellationRequested;
		},
		throwIfAborted() {
			if (token.isCancellationRequested) throw new Cancelled();
		},
	};
}

/** Thrown out of work that somebody cancelled. */
export class Cancelled extends Error {
	override readonly name = "AbortError";
	constructor() {
		super("The work was cancelled.");
	}
}
