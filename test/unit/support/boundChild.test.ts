import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { expect, test } from "vitest";
import { projectRoot } from "../../support/projectRoot";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";

/** A program that is connected to a port for as long as it runs, and has no ear for its standard input. */
const PROGRAM = (port: number) =>
	`const s = require("node:net").connect(${port}, "127.0.0.1"); s.on("close", () => process.exit()); s.write("up");`;

test("a program ends with whoever started it, though that was killed", async () => {
	const starter = join(temporaryDirectory(), "starter.cjs");
	await esbuild.build({
		entryPoints: [join(projectRoot, "test/support/vscode/boundChild.ts")],
		bundle: true,
		platform: "node",
		format: "cjs",
		outfile: starter,
		footer: { js: `module.exports.startBoundChild(process.argv[2], JSON.parse(process.argv[3]));` },
		logLevel: "error",
	});
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	const connected = once(server, "connection") as Promise<[Socket]>;
	const parent = spawn(process.execPath, [starter, process.execPath, JSON.stringify(["-e", PROGRAM(port)])], {
		stdio: "ignore",
	});
	try {
		const [socket] = await connected;
		await once(socket, "data");
		const gone = once(socket, "close");
		socket.on("error", () => {}); // a reset, where the system tells it so
		socket.resume();
		parent.kill("SIGKILL");
		await gone;
		expect(socket.destroyed).toBe(true);
	} finally {
		parent.kill("SIGKILL");
		server.close();
	}
});
