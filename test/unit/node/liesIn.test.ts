import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { liesIn } from "../../../src/node/liesIn";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

test("a file lies in a directory whatever links lead there, and not in one whose name only begins alike", () => {
	const top = temporaryDirectory();
	const store = join(top, "store");
	mkdirSync(join(store, "generations"), { recursive: true });
	mkdirSync(join(top, "store-2"));
	symlinkSync(join(store, "generations"), join(top, "inwards"));
	symlinkSync(top, join(store, "outwards"));

	expect(liesIn(store, join(store, "new"))).toBe(true);
	expect(liesIn(store, join(store, "generations", "new"))).toBe(true);
	expect(liesIn(store, join(top, "inwards", "new"))).toBe(true);
	expect(liesIn(join(top, "inwards"), join(store, "generations", "new"))).toBe(true);
	expect(liesIn(store, join(top, "new"))).toBe(false);
	expect(liesIn(store, join(top, "store-2", "new"))).toBe(false);
	expect(liesIn(store, join(top, "..new"))).toBe(false);
	expect(liesIn(store, join(store, "..new"))).toBe(true);
	expect(liesIn(store, join(store, "outwards", "new"))).toBe(false);
});
