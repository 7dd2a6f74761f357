import type { Finding, FindingCode } from "../core/verify/finding";
import { StoreError, type StoreErrorCode } from "./storeError";

/** A finding as the reason of a refusal; `path` stays relative to the store. */
export function findingError({ code, path, message, advice }: Finding): StoreError {
	return new StoreError(errorCode(code), path, `${message} ${advice}`);
}

/** The code under which the store refuses for a finding's reason. */
export function errorCode(code: FindingCode): StoreErrorCode {
	switch (code) {
		case "base-missing":
		case "wal-missing":
			return code;
		case "unreadable-directory":
			return "no-permission";
		case "link-outside":
		case "link-broken":
			return "symbolic-link";
		default:
			return "damaged";
	}
}
