import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { argv } from "node:process";
import { tellStory } from "./sample/story";
import { sealWal } from "./sqlite/sealWal";
import { type BuiltSnapshot, buildStore } from "./stores/storeBuilder";

const README = `# A sample store

The snapshots of one node of a three-node cluster that keeps a small tea shop: \`node1/snapshots\`, three generations.
Open one of them as a database, and ask it for example:

\`\`\`sql
select * from order_totals order by total desc;
select status, count(*) from orders group by status;
select name, stock, length(image) from products order by stock;
select happened_at, order_id, detail ->> 'to' from events order by id desc;
select id, tracking_number from orders where tracking_number > 9007199254740992;
\`\`\`

From snapshot to snapshot orders come in and are worked off. A price list is imported and its table dropped again, a
VACUUM makes the database smaller, customers get a column more, and at the end there are reviews. Meanwhile the cluster
grows from two nodes to three.
`;

/**
 * Writes a workspace folder with a store to look at. Two runs give the same bytes. Takes the place of an earlier sample,
 * and of nothing else.
 */
export async function writeSample(directory: string): Promise<readonly BuiltSnapshot[]> {
	const readme = join(directory, "README.md");
	if (existsSync(directory) && readdirSync(directory).length > 0) {
		if (!existsSync(readme) || readFileSync(readme, "utf8") !== README) {
			throw new Error(`${directory} is not empty and holds no sample: choose another directory`);
		}
		rmSync(directory, { recursive: true });
	}
	const store = join(directory, "node1", "snapshots");
	const snapshots = buildStore(store, tellStory);
	fixSalts(snapshots.map(({ file }) => join(store, file)).filter((file) => file.endsWith("/wal")));
	writeFileSync(readme, README);
	return snapshots;
}

/** SQLite draws salts at random when it starts; from log to log the first then goes up by one, the second is drawn anew. */
function fixSalts(wals: readonly string[]): void {
	let start = 0;
	let lastSequence = -1;
	wals.forEach((file, position) => {
		const wal = readFileSync(file);
		const sequence = wal.readUInt32BE(12);
		if (sequence <= lastSequence) start++;
		lastSequence = sequence;
		const salts = [Math.imul(start + 1, 0x5eed_7ea5) + sequence, Math.imul(position + 1, 0x9e37_79b1)] as const;
		writeFileSync(file, sealWal(wal, { salts }));
	});
}

// As a program only under its own name: other tools carry this module in their bundles.
if (basename(argv[1] ?? "") === "sample.mjs") {
	const directory = argv[2] ?? ".cache/sample";
	try {
		const snapshots = await writeSample(directory);
		console.log(`${snapshots.length} snapshots in ${relative("", join(directory, "node1", "snapshots"))}`);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
