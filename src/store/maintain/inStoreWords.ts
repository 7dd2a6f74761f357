import { isAbsolute } from "node:path";
import { FileError } from "../../core/files";
import { NotAStoreError } from "../../core/snapshot/catalog";
import { nativePath } from "../nativePath";
import { StoreError, type StoreErrorCode, storeErrorOf } from "../storeError";

/** Runs an operation on a store; whatever the reading side throws comes back as a `StoreError` with an absolute path. */
export async function inStoreWords<T>(directory: string, operation: () => Promise<T>): Promise<T> {
	try {
		return await operation();
	} catch (error) {
		throw inWords(directory, error);
	}
}

function inWords(directory: string, error: unknown): unknown {
	if (error instanceof StoreError) {
		if (isAbsolute(error.path)) return error;
		return new StoreError(error.code, nativePath(directory, error.path), error.message, { cause: error });
	}
	if (error instanceof NotAStoreError) {
		return new StoreError("not-a-store", directory, `${directory}: ${error.message}`, { cause: error });
	}
	if (error instanceof FileError) {
		return new StoreError(codeOf(error), nativePath(directory, error.path), error.message, { cause: error });
	}
	return storeErrorOf(directory, error);
}

function codeOf({ code }: FileError): StoreErrorCode {
	switch (code) {
		case "no-permission":
			return "no-permission";
		case "outside":
			return "symbolic-link";
		case "not-found":
		case "changed":
		case "unreadable":
			return "changed-while-reading";
		case "not-a-directory":
		case "not-a-file":
			return "damaged";
	}
}
