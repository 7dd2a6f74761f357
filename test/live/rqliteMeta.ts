/** The text of a snapshot's `meta.json` as rqlite 8 to 10 make it, without the newline that follows in most places. */
export function rqliteMeta({ id, sizeBytes = 0 }: { readonly id: string; readonly sizeBytes?: number }): string {
	const [Term, Index] = id.split("-").map(Number);
	const Configuration = { Servers: [{ Suffrage: 0, ID: "node1", Address: "localhost:4002" }] };
	return JSON.stringify({
		Version: 1,
		ID: id,
		Index,
		Term,
		Peers: null,
		Configuration,
		ConfigurationIndex: 1,
		Size: sizeBytes,
	});
}
