import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { buildRqlited, builtRqlited, RQLITED } from "./buildRqlited";

/**
 * The rqlited to test with: the one that the variable `RQLITED` names, of version 8, 9 or 10, or the one in the cache,
 * where `BUILD_RQLITED` has it built. `undefined` when there is none; `report` is told why.
 */
export async function findRqlited(report: (message: string) => void): Promise<string | undefined> {
	const path = process.env["RQLITED"];
	if (path) {
		if (!existsSync(path)) throw new Error(`RQLITED is ${path}, which is not there.`);
		return resolve(path);
	}
	if (process.env["BUILD_RQLITED"] !== "yes") {
		if (existsSync(builtRqlited())) return builtRqlited();
		report(`${RQLITED} is not in the cache; "npm run test:live" builds it. The stores of a real node are not read.`);
		return undefined;
	}
	try {
		return await buildRqlited(report);
	} catch (error) {
		const reason = error instanceof Error ? error.message.trimEnd().split("\n").at(-1) : error;
		report(`${RQLITED} cannot be built: ${reason}. The stores of a real node are not read.`);
		return undefined;
	}
}
