import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { onTestFinished } from "vitest";
import { LocalEngine } from "../../../src/engine/localEngine";
import { openBytes } from "../../../src/engine/openBytes";
import { loadSqlite } from "../../../src/engine/sqlite";
import type { ChainBytes, EngineOver } from "../../../src/protocol/engine";
import type { EngineHomeName, HostFunctions } from "../../../src/protocol/page";
import { type Channel, connect } from "../../../src/protocol/rpc";
import { type EngineHome, pageHome } from "../../../src/webview/engine/engineHome";
import { EngineSession, type StartEngine } from "../../../src/webview/engine/engineSession";
import { LiveDatabase } from "../../support/sqlite/liveDatabase";

/** sql.js starts once in a thread. */
const sqlite = loadSqlite(readFileSync(createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm")));

/** Engines as the page starts them, in this thread, each behind a channel of its own. */
export function localEngines() {
	const failures: (() => void)[] = [];
	const enginesOver =
		(chain: ChainBytes): StartEngine =>
		async (failed) => {
			const { port1, port2 } = new MessageChannel();
			const { close: stop } = connect(new LocalEngine(sqlite, openBytes), portChannel(port2));
			const { remote, close } = connect<EngineOver<ChainBytes>, object>({}, portChannel(port1));
			const end = () => {
				close();
				stop();
			};
			failures.push(() => {
				end();
				failed();
			});
			onTestFinished(end);
			return { open: (options) => remote.open(chain, options), functions: remote, end };
		};
	return { enginesOver, failures };
}

/** A page whose engines run in this thread, and that has no other home for them. */
export function pageAlone(host: Pick<HostFunctions, "readFile">): Readonly<Record<EngineHomeName, EngineHome>> {
	const webview = pageHome(host, localEngines().enginesOver);
	return { webview, host: { load: () => Promise.reject(new Error("There is no engine beside the extension.")) } };
}

/** A chain of a base alone. */
export function chainOf(...statements: readonly string[]): ChainBytes {
	const database = new LiveDatabase();
	try {
		for (const sql of statements) database.run(sql);
		return { snapshot: "1-1-1", base: { path: "base.sqlite", bytes: database.file() }, wals: [], pending: 0 };
	} finally {
		database.close();
	}
}

/** A session on a database that these statements made, and what its engines are told when they end by themselves. */
export function openSession(...statements: readonly string[]) {
	const { enginesOver, failures } = localEngines();
	return { session: new EngineSession(enginesOver(chainOf(...statements)), { allowDamaged: false }), failures };
}

/** One side of a pair of ports. */
export function portChannel(port: MessagePort): Channel {
	return {
		post: (message) => port.postMessage(message),
		listen: (receive) => {
			port.onmessage = ({ data }) => receive(data);
			return () => port.close();
		},
	};
}
