/** Where an export writes. */
export interface ExportOutput {
	/** A new file of a name that the output has not had; where it makes one file, that file. One is open at a time. */
	file(name: string): Promise<ExportFile>;
}

/** A file being written. */
export interface ExportFile {
	/** Resolves when more can be taken; the bytes are lent until then. */
	write(bytes: Uint8Array): Promise<void>;
	/** Makes it durable. */
	close(): Promise<void>;
}
