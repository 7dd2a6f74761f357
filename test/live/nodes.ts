import { startGenerationsNode } from "./generationsNode";
import type { StartNode } from "./liveNode";
import { startRqlite8Node } from "./rqlite8Node";
import { startRqlite10Node } from "./rqlite10Node";

/** A node for each layout that changes while it is kept. */
export const NODES: readonly (readonly [layout: string, start: StartNode])[] = [
	["generations", startGenerationsNode],
	["rqlite-v8", startRqlite8Node],
	["rqlite-v10", startRqlite10Node],
];
