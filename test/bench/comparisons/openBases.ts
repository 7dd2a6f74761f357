import { cpSync, existsSync, renameSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { benchCache } from "../benchCache";
import type { Comparison } from "../comparison";
import { largeStore } from "../largeStore";
import { queryNewest } from "./openNewest";

/** Of a base of about 20 MB. */
const FEW_ROWS = 93_000;

const LARGE_BYTES = 2e9;

/** The same logs over bases of two sizes. */
export function openBases(): Comparison {
	const small = largeStore(benchCache("smallBase"), FEW_ROWS);
	const large = benchCache("largeBase");
	if (!existsSync(large)) {
		rmSync(`${large}.tmp`, { recursive: true, force: true });
		cpSync(small, `${large}.tmp`, { recursive: true });
		truncateSync(join(`${large}.tmp`, "generations/0000000001/base.sqlite"), LARGE_BYTES - (LARGE_BYTES % 4096));
		renameSync(`${large}.tmp`, large);
	}
	return {
		title: "Opening on a base of 2 GB and on one of 20 MB",
		about: "The same WALs over both; the larger base is the smaller one, made longer by a hole.",
		goal: 1 / 1.3,
		contenders: [
			{ ...queryNewest(large), name: "base of 2 GB" },
			{ ...queryNewest(small), name: "base of 20 MB" },
		],
	};
}
