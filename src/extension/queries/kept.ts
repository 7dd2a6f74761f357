/** What VS Code keeps for a workspace (`vscode.Memento`), as far as queries need it. */
export interface Kept {
	get(key: string): unknown;
	update(key: string, value: unknown): PromiseLike<void>;
}
