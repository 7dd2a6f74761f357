import type { ExportProgress, ExportSummary } from "../../protocol/export";
import type { ExportFile, ExportOutput } from "./exportOutput";

/** Characters that are written at once. */
const PIECE_LENGTH = 1 << 20;

/** What is written of an export: text for a file, and how much of it there has been. */
export class CountedOutput {
	readonly #warnings: string[] = [];
	readonly #encoder = new TextEncoder();
	#files = 0;
	#rows = 0;
	#bytes = 0;
	#file: ExportFile | undefined;
	#text = "";

	constructor(
		private readonly output: ExportOutput,
		private readonly progress: (progress: ExportProgress) => void,
	) {}

	/** Begins a file; the one before is closed. */
	async begin(name: string): Promise<void> {
		await this.end();
		this.#file = await this.output.file(name);
		this.#files++;
	}

	add(text: string): void {
		this.#text += text;
	}

	/** Counts a row whose text has been added. */
	addRow(): void {
		this.#rows++;
	}

	/** Whether so much has been added that it should be flushed. */
	get isFull(): boolean {
		return this.#text.length > PIECE_LENGTH;
	}

	/** Hands on what has been added, waits while the file is slower, and tells how far the export is. */
	async flush(): Promise<void> {
		const bytes = this.#encoder.encode(this.#text);
		this.#text = "";
		if (bytes.byteLength === 0) return;
		await this.#file?.write(bytes);
		this.#bytes += bytes.byteLength;
		this.progress({ rows: this.#rows, bytes: this.#bytes });
	}

	/** Ends the file. */
	async end(): Promise<void> {
		await this.flush();
		await this.#file?.close();
		this.#file = undefined;
	}

	warn(message: string): void {
		this.#warnings.push(message);
	}

	get summary(): ExportSummary {
		return { files: this.#files, rows: this.#rows, bytes: this.#bytes, warnings: this.#warnings };
	}
}
