import { once } from "node:events";
import { createServer } from "node:net";
import { startBoundChild } from "../vscode/boundChild";

/** A node of a cluster of one. Whoever starts it stops it. */
export interface Rqlited {
	/** Runs statements as one transaction. Answers its index in the Raft log; rejects when one of them fails. */
	execute(statements: readonly string[]): Promise<number>;
	/** The rows of a query, which the node answers after all that it was given before. */
	query(sql: string): Promise<readonly (readonly unknown[])[]>;
	/** Has the node make a snapshot of what it has applied; it is in its store when the promise resolves. */
	snapshot(): Promise<void>;
	/** What it printed between being ready and being stopped that tells of trouble, line by line. */
	complaints(): readonly string[];
	stop(): Promise<void>;
}

/** What the node's HTTP interface answers to statements. */
interface Answer {
	readonly results: readonly { readonly error?: string; readonly values?: readonly (readonly unknown[])[] }[];
	readonly raft_index?: number;
}

/** Starts a node on loopback. It makes snapshots when it is told to, and reaps when it sees fit. */
export async function startRqlited(program: string, dataDirectory: string): Promise<Rqlited> {
	const [http, raft] = [await freeAddress(), await freeAddress()];
	const complaints: string[] = [];
	let isServing = false; // at its start it waits for a leader in vain, and at its end its listeners fail
	const child = startBoundChild(program, [
		"-node-id=node1",
		`-http-addr=${http}`,
		`-raft-addr=${raft}`,
		"-raft-snap=1000000000",
		"-raft-snap-wal-size=0",
		dataDirectory,
	]);
	child.onLine((line) => {
		if (isServing && /\b(error|fail(ed|ure)?|panic|corrupt|warn(ing)?)\b/i.test(line)) complaints.push(line);
	});

	async function post(path: string, body?: readonly string[]): Promise<string> {
		const response = await fetch(`http://${http}${path}`, {
			method: "POST",
			...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}\n${child.tail()}`);
		return text;
	}

	async function ask(path: string, statements: readonly string[]): Promise<Answer> {
		const answer = JSON.parse(await post(path, statements)) as Answer;
		const error = answer.results.find((result) => result.error !== undefined)?.error;
		if (error !== undefined) throw new Error(`rqlited: ${error}`);
		return answer;
	}

	try {
		await isReady(`http://${http}/readyz`, child.ended);
		isServing = true;
	} catch (error) {
		await child.stop();
		throw new Error(`${program} is not ready:\n${child.tail()}`, { cause: error });
	}
	return {
		async execute(statements) {
			const { raft_index } = await ask("/db/execute?transaction&raft_index", statements);
			if (raft_index === undefined) throw new Error(`${program} does not tell the index of what it applied`);
			return raft_index;
		},
		async query(sql) {
			const { results } = await ask("/db/query?level=strong", [sql]);
			return results[0]?.values ?? [];
		},
		async snapshot() {
			await post("/snapshot");
		},
		complaints: () => complaints,
		stop() {
			isServing = false;
			return child.stop();
		},
	};
}

async function freeAddress(): Promise<string> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("a port has a number");
	return `127.0.0.1:${address.port}`;
}

const READY_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 50;

/** Asks until the node answers that it is ready: it tells nobody by itself. */
async function isReady(url: string, ended: Promise<unknown>): Promise<void> {
	const deadline = Date.now() + READY_WITHIN_MS;
	let over = false;
	void ended.then(() => {
		over = true;
	});
	for (;;) {
		const answer = await fetch(url).catch(() => undefined);
		if (answer?.ok) return;
		if (over || Date.now() > deadline) throw new Error("it ended, or took too long");
		await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
	}
}
