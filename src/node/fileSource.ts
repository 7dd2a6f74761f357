import { closeSync, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import type { ByteSource } from "../core/files";
import { fileError } from "./nodeFiles";

const readLater = promisify(read);

/** A file that somebody holds open. */
export interface DescriptorSource extends ByteSource {
	readonly fd: number;
}

/** A file open for reading. Whoever opens it closes it. */
export interface FileSource extends DescriptorSource {
	readonly modifiedAt: number;
	close(): void;
}

/** Opens a file for reading, at a path of the file system. `name` stands for it in messages. Throws `FileError`. */
export function openFileSource(path: string, name: string): FileSource {
	try {
		const fd = openSync(path, "r");
		const { size, mtimeMs } = fstatSync(fd);
		return { ...descriptorSource(fd, size), modifiedAt: mtimeMs, close: () => closeSync(fd) };
	} catch (error) {
		throw fileError(name, error);
	}
}

/** A file of so many bytes that somebody else holds open, perhaps in another thread: descriptors are the process's. */
export function descriptorSource(fd: number, sizeBytes: number): DescriptorSource {
	return {
		fd,
		sizeBytes,
		readInto(target, offset) {
			let read = 0;
			while (read < target.byteLength) {
				const count = readSync(fd, target, read, target.byteLength - read, offset + read);
				if (count === 0) break;
				read += count;
			}
			return read;
		},
		async fill(target, offset) {
			let read = 0;
			while (read < target.byteLength) {
				const { bytesRead } = await readLater(fd, target, read, target.byteLength - read, offset + read);
				if (bytesRead === 0) break;
				read += bytesRead;
			}
			return read;
		},
	};
}
