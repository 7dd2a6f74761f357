/** Names made different, whatever their case, as SQLite does it where a result becomes a table: `a`, `a:1`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		let unique = name;
		for (let number = 1; taken.has(unique.toLowerCase()); number++) unique = `${name}:${number}`;
		taken.add(unique.toLowerCase());
		return unique;
	});
}
