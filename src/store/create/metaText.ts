import type { RaftServer } from "../../core/snapshot/model";

/** What `meta.json` of a snapshot says. */
export interface NewMeta {
	readonly id: string;
	/** uint64. */
	readonly index: bigint;
	/** uint64. */
	readonly term: bigint;
	/** Servers of the Raft configuration. */
	readonly configuration: readonly RaftServer[];
	/** uint64. */
	readonly configurationIndex: bigint;
	readonly full: boolean;
}

/** The only version of Raft snapshots there is. */
export const SNAPSHOT_VERSION = 1;

const SUFFRAGES = { voter: 0, nonvoter: 1, staging: 2 };

/** The text of `meta.json` to the byte as rqlite writes it; integers are exact. `src/core/FORMATS.md` has the fields. */
export function metaText({ id, index, term, configuration, configurationIndex, full }: NewMeta): string {
	const servers = configuration.map(({ suffrage, id, address }) => ({
		Suffrage: SUFFRAGES[suffrage],
		ID: id,
		Address: address,
	}));
	const fields = [
		`"Version":${SNAPSHOT_VERSION}`,
		`"ID":${goString(id)}`,
		`"Index":${index}`,
		`"Term":${term}`,
		`"Peers":null`,
		`"Configuration":${goString({ Servers: servers })}`,
		`"ConfigurationIndex":${configurationIndex}`,
		`"Size":0`,
		`"Full":${full}`,
	];
	return `{${fields.join(",")}}\n`;
}

/** JSON as Go's encoder has it, which escapes what HTML and JavaScript would trip over. */
function goString(value: unknown): string {
	return JSON.stringify(value).replace(
		/[<>&\u2028\u2029]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
