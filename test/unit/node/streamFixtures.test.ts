import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findSnapshot, readStore } from "../../../src/core/snapshot/catalog";
import { chainOf } from "../../../src/core/snapshot/chain";
import type { StoreFile } from "../../../src/core/snapshot/model";
import { nodeFiles } from "../../../src/node/nodeFiles";
import { openStreamImage } from "../../../src/node/streamImage";
import { imageBytes } from "../../support/images/openBytes";
import { projectRoot } from "../../support/projectRoot";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { rqlite10Stream } from "../../support/streams/streams";

// Streams of the files that rqlite 10 stored and of the checksums that it wrote beside them, as it would send them.

interface Expected {
	readonly layout: string;
	readonly healthy: boolean;
	readonly snapshots: readonly {
		readonly id: string;
		readonly imageSha256?: string;
		readonly goRestore?: { readonly restorable: boolean; readonly streamSize?: number };
	}[];
}

const fixtures = join(projectRoot, "..", "shared", "fixtures");
const sent = (existsSync(fixtures) ? readdirSync(fixtures) : [])
	.filter((name) => /^v10-.*\.expected\.json$/.test(name))
	.map((name) => ({ store: name.replace(".expected.json", ""), path: join(fixtures, name) }))
	.flatMap(({ store, path }) => {
		const { layout, healthy, snapshots }: Expected = JSON.parse(readFileSync(path, "utf8"));
		return layout === "v10" && healthy ? snapshots.map((snapshot) => ({ store, ...snapshot })) : [];
	})
	.filter(({ goRestore }) => goRestore?.restorable && goRestore.streamSize !== undefined);

if (sent.length === 0) test.skip("skipped: there are no fixtures beside the project", () => {});

test.each(sent)("$store $id", async ({ store, id, imageSha256, goRestore }) => {
	const directory = join(fixtures, store);
	const catalog = await readStore(nodeFiles(directory));
	const { base, wals } = chainOf(catalog, findSnapshot(catalog, id)!);
	const files: readonly StoreFile[] = [base!, ...wals];
	const [database, ...logs] = files.map(({ path }) => readFileSync(join(directory, path)));
	const stream = await rqlite10Stream(database!, logs, (_, at) => ({ crc32: files[at]!.sidecar!.crc32c }));
	expect(stream.byteLength).toBe(goRestore?.streamSize);

	const file = join(temporaryDirectory(), "stream.bin");
	writeFileSync(file, stream);
	const { image, faults, close } = await openStreamImage(file);
	expect(faults).toEqual([]);
	expect(createHash("sha256").update(imageBytes(image!)).digest("hex")).toBe(imageSha256);
	close();
});
