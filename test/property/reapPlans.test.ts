import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NODE_PATH } from "../support/stores/rqliteV10Store";
import { look } from "../unit/core/snapshot/look";
import { A, B, C, D, story } from "../unit/core/snapshot/rqliteV10/story";
import { runs } from "./runs";

test("whatever a plan says, a snapshot that can be opened is the one that it was", async () => {
	const store = story();
	const wals = [B, C, D].flatMap((id) => store.wals(id));
	const path = fc
		.constantFrom(A, B, C, D, `${A}/data.db`, `${A}/gone.wal`, "3-106-5000", "9-9-9/x", "elsewhere", ...wals)
		.map((name) => `${NODE_PATH}/${name}`);
	const operation = fc.oneof(
		fc.record({ type: fc.constant("checkpoint"), db: path, wals: fc.array(path, { maxLength: 5 }) }),
		fc.record({ type: fc.constantFrom("remove_all", "remove", "verify_db"), src: path }),
		fc.record({ type: fc.constantFrom("rename", "calc_crc32"), src: path, dst: path }),
		fc.record({ type: fc.constant("write_meta"), dst: path }),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(operation, { maxLength: 6 }), async (ops) => {
			writeFileSync(join(store.directory, "REAP_PLAN"), JSON.stringify({ ops }));
			expect(await look(store.directory, store.built)).not.toContainEqual(expect.stringContaining("other bytes"));
		}),
		{ numRuns: runs(100) },
	);
});
