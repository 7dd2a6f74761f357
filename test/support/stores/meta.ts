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
	/** The layouts without generations have none. */
	readonly full?: boolean;
	/** 0 when not given. */
	readonly sizeBytes?: number;
	/** Of rqlite 7 alone: MessagePack, and the CRC-64 of the data, both in base64. */
	readonly peers?: string;
	readonly crc?: string;
}

/** A server of a Raft configuration. */
export interface Server {
	readonly id: string;
	readonly address: string;
	readonly suffrage: "voter" | "nonvoter" | "staging";
}

const SUFFRAGES = { voter: 0, nonvoter: 1, staging: 2 };

/** The text of `meta.json` as rqlite writes it: the order of its keys, integers in full, a newline at the end. */
export function metaText({
	id,
	index,
	term,
	servers,
	configurationIndex,
	full,
	sizeBytes = 0,
	peers,
	crc,
}: Meta): string {
	const configuration = JSON.stringify({
		Servers: servers.map(({ id, address, suffrage }) => ({
			Suffrage: SUFFRAGES[suffrage],
			ID: id,
			Address: address,
		})),
	});
	const start = `"Version":1,"ID":${JSON.stringify(id)},"Index":${index},"Term":${term},"Peers":${JSON.stringify(peers ?? null)}`;
	const ownFields = [full === undefined ? "" : `,"Full":${full}`, crc === undefined ? "" : `,"CRC":"${crc}"`].join("");
	return `{${start},"Configuration":${configuration},"ConfigurationIndex":${configurationIndex},"Size":${sizeBytes}${ownFields}}\n`;
}

/** The same for a snapshot of one node, with term and index from its id. */
export function metaTextOf(id: string, more: Partial<Meta> = {}): string {
	const [term, index] = id.split("-");
	return metaText({
		id,
		term: BigInt(term!),
		index: BigInt(index!),
		servers: [{ id: "node1", address: "localhost:4002", suffrage: "voter" }],
		configurationIndex: 1n,
		...more,
	});
}
