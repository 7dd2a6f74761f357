// A snapshot's database in a thread that can be ended in the middle of a statement. Built on its own.

import { parentPort, workerData } from "node:worker_threads";
import type { Row } from "../../core/sqlValue";
import { exportDatabase } from "../../engine/export/exportDatabase";
import { SnapshotDatabase } from "../../engine/snapshotDatabase";
import type { SchemaObject } from "../../protocol/engine";
import { type ExportProgress, type ExportRequest, type ExportSummary, isManyFiles } from "../../protocol/export";
import { connect } from "../../protocol/rpc";
import { NewFiles } from "../../store/disk/newFiles";
import { type Located, openLocated } from "../open/opening";
import type { OpenSnapshot } from "../open/openSnapshot";
import { startSqlite } from "../open/sqlite";
import { LimitedRows, type ResultMode, writeJsonMembers, writeRows } from "../output/resultText";

/** What the thread is started with; it crosses as a structured clone. */
export interface ThreadTask {
	readonly located: Located;
	readonly allowDamaged: boolean;
}

/** What the thread does. */
export interface ThreadEngine {
	/** Must come first. Answers what is worth knowing of the snapshot. */
	open(): Promise<readonly string[]>;
	/** Runs one statement and has its rows written. */
	run(sql: string, parameters: Row, mode: ResultMode): Promise<void>;
	schema(): Promise<readonly SchemaObject[]>;
	/** Makes new files at a path that nothing has. What is there after a failure is to be thrown away. */
	export(request: ExportRequest, path: string): Promise<ExportSummary>;
}

/** What the thread asks for. */
export interface ThreadListener {
	/** Resolves when more can be taken. */
	write(text: string): Promise<void>;
	exported(progress: ExportProgress): void;
}

const { located, allowDamaged } = workerData as ThreadTask;

interface Open {
	readonly snapshot: OpenSnapshot;
	readonly database: SnapshotDatabase;
}

let opened: Open | undefined;

const engine: ThreadEngine = {
	async open() {
		const sqlite = await startSqlite();
		const snapshot = await openLocated(located, { allowDamaged });
		opened = { snapshot, database: new SnapshotDatabase(sqlite, snapshot.image) };
		return snapshot.warnings;
	},
	run: (sql, parameters, mode) =>
		confirmed(async (database) => {
			const rows = new LimitedRows(database.query(sql, parameters));
			if (mode !== "json") return writeRows(rows, mode, write);
			await write("{");
			await writeJsonMembers(rows, write);
			await write("}\n");
		}),
	schema: () => confirmed(async (database) => database.schema()),
	export: (request, path) =>
		confirmed(async (database, snapshot) => {
			const files = await NewFiles.at(path, isManyFiles(request));
			try {
				return await exportDatabase(database, request, files, {
					progress: (progress) => listener.exported(progress),
					...(request.salvage && { salvage: snapshot.image }),
				});
			} finally {
				await files.end();
			}
		}),
};

/** So much is handed over at once. */
const PIECE_LENGTH = 1 << 16;
let pending = "";

async function write(text: string): Promise<void> {
	pending += text;
	if (pending.length > PIECE_LENGTH) await flush();
}

async function flush(): Promise<void> {
	const text = pending;
	pending = "";
	if (text !== "") await listener.write(text);
}

/** What work over the files answers, or how it fails; where they changed meanwhile both mean nothing, and that is said. */
async function confirmed<Answer>(
	work: (database: SnapshotDatabase, snapshot: OpenSnapshot) => Promise<Answer>,
): Promise<Answer> {
	if (opened === undefined) throw new Error("No snapshot is open.");
	pending = "";
	try {
		const answer = await work(opened.database, opened.snapshot);
		await flush();
		return answer;
	} finally {
		await opened.snapshot.confirm();
	}
}

const { remote: listener } = connect<ThreadListener, ThreadEngine>(engine, {
	post: (message) => parentPort?.postMessage(message),
	listen(receive) {
		parentPort?.on("message", receive);
		return () => parentPort?.off("message", receive);
	},
});
