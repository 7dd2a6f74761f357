import { type Child, startChild } from "./childProcess";

/**
 * Runs the program that its arguments name, and ends the process group when its standard input closes: when whoever
 * started it is gone, even killed.
 */
const KEEPER = `
	const { spawn } = require("node:child_process");
	const [program, ...args] = process.argv.slice(1);
	const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
	child.on("error", (error) => { console.error(error.message); process.exit(127); });
	child.on("close", (code) => process.exit(code ?? 1));
	process.on("SIGTERM", () => {}); // it ends with the program
	process.stdin.resume().on("close", () => {
		const signal = (name) => process.platform === "win32" ? child.kill(name) : process.kill(0, name);
		signal("SIGTERM");
		setTimeout(signal, 5000, "SIGKILL");
	});
`;

/** As `startChild`, for a program that does not watch its standard input: it does not outlive us either. */
export function startBoundChild(program: string, args: readonly string[]): Child {
	return startChild(process.execPath, ["-e", KEEPER, "--", program, ...args]);
}
