/** A node that keeps a database and makes snapshots of it. Whoever starts it stops it. */
export interface LiveNode {
	/** What is handed to the command line. */
	readonly dataDirectory: string;
	/** What takes older snapshots away. */
	readonly takenAwayBy: "snapshot" | "reap";
	/** Runs statements as one transaction. Answers its index in the Raft log, or what is counted in its place. */
	execute(statements: readonly string[]): Promise<number>;
	/** Makes a snapshot of all that has been executed; it is listed when the promise resolves. */
	snapshot(): Promise<void>;
	/** Takes away what older snapshots need and the newest does not. */
	reap(): Promise<void>;
	/** Rejects when the node has noticed anything that it should not have. */
	stop(): Promise<void>;
}

/** One that answers itself, from a live database. */
export interface RealNode extends LiveNode {
	/** The rows of a query, after all that was executed. */
	query(sql: string): Promise<readonly (readonly unknown[])[]>;
}

/** Called before each change to a store that somebody who reads it can see; the change waits for the promise. */
export type Step = () => Promise<void>;

/** Starts a node in an empty directory. */
export type StartNode = (dataDirectory: string, step: Step) => Promise<LiveNode>;
