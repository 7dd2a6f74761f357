/** What `meta.json` of a snapshot says. */
export interface Meta {
	readonly id: string;
	/** uint64. */
	readonly index: bigint;
	/** uint64. */
	readonly term: bigint;
	readonly servers: readonly Server[];
	/** uint64. */
	readonly configurationIndex: bigint;
	readonly full: boolean;
}

/** A server of a Raft configuration. */
export interface Server {
	readonly id: string;
	readonly address: string;
	readonly suffrage: "voter" | "nonvoter" | "staging";
}

const SUFFRAGES = { voter: 0, nonvoter: 1, staging: 2 };

/** The text of `meta.json` as rqlite writes it: the order of its keys, integers in full, a newline at the end. */
export function metaText({ id, index, term, servers, configurationIndex, full }: Meta): string {
	const configuration = JSON.stringify({
		Servers: servers.map(({ id, address, suffrage }) => ({
			Suffrage: SUFFRAGES[suffrage],
			ID: id,
			Address: address,
		})),
	});
	return `{"Version":1,"ID":${JSON.stringify(id)},"Index":${index},"Term":${term},"Peers":null,"Configuration":${configuration},"ConfigurationIndex":${configurationIndex},"Size":0,"Full":${full}}\n`;
}
