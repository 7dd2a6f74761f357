/** What is to stay within a limit, with no other way to it beside. */
export interface Limit {
	readonly name: string;
	/** The most that is meant to be. */
	readonly goal: number;
	readonly text: (value: number) => string;
	/** What it comes to, so many times; a first time, in which files are read from the disk, is not among them. */
	measure(rounds: number): Promise<readonly number[]>;
}

/** What is measured so many times in turn, after a first time that does not count. */
export async function repeated(rounds: number, once: () => Promise<number>): Promise<readonly number[]> {
	const values: number[] = [];
	for (let round = 0; round <= rounds; round++) values.push(await once());
	return values.slice(1);
}

export async function limitsTable(limits: readonly Limit[], rounds: number): Promise<readonly string[]> {
	const lines = ["| | median | least | most | goal |", "| --- | --- | --- | --- | --- |"];
	for (const limit of limits) {
		const values = [...(await limit.measure(rounds))].sort((a, b) => a - b);
		const cells = [values[Math.floor(values.length / 2)]!, values[0]!, values.at(-1)!].map(limit.text);
		lines.push(`| ${[limit.name, ...cells, `at most ${limit.text(limit.goal)}`].join(" | ")} |`);
	}
	return lines;
}
