import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The rqlited to test with, which the variable `RQLITED` names; `undefined` when it names none. Version 8, 9 or 10. */
export function findRqlited(): string | undefined {
	const path = process.env["RQLITED"];
	if (!path) return undefined;
	if (!existsSync(path)) throw new Error(`RQLITED is ${path}, which is not there.`);
	return resolve(path);
}
