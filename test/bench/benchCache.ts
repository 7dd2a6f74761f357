import { join } from "node:path";
import { toolCache } from "../support/toolCache";

/** Kept from one run to the next. Not in the project: packaging would go through a hundred thousand files. */
export function benchCache(name: string): string {
	return join(toolCache(), "bench", name);
}
