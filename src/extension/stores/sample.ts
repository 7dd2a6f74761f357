import * as vscode from "vscode";
import { SAMPLE_CONTEXT } from "../ids";
import type { KnownStore } from "./knownStore";
import type { StoreRoot } from "./storeRoot";

const STATE = "sampleOpen";

/** The store that comes with the extension, shown in a workspace until it is closed there. */
export class Sample {
	readonly #root: StoreRoot;

	constructor(private readonly context: vscode.ExtensionContext) {
		const uri = vscode.Uri.joinPath(context.extensionUri, "dist", "sample");
		this.#root = { uri, name: vscode.l10n.t("Sample"), kind: "sample" };
		this.#announce();
	}

	/** `undefined` while it is not shown. */
	get root(): StoreRoot | undefined {
		return this.context.workspaceState.get(STATE) === true ? this.#root : undefined;
	}

	/** Whether a store is the one that comes with the extension, shown or not. */
	holds({ uri }: KnownStore): boolean {
		return `${uri.toString()}/`.startsWith(`${this.#root.uri.toString()}/`);
	}

	async show(shown: boolean): Promise<void> {
		await this.context.workspaceState.update(STATE, shown ? true : undefined);
		this.#announce();
	}

	/** Menus offer one of open and close. */
	#announce(): void {
		void vscode.commands.executeCommand("setContext", SAMPLE_CONTEXT, this.root !== undefined);
	}
}
