import { homedir } from "node:os";
import { join } from "node:path";

/** The variable of the environment that says where what is known of logs is kept; empty for nowhere. */
const VARIABLE = "SNAPSTORE_CACHE";

/** Where what is known of logs is kept: in the user's own directory for caches. `undefined`: nowhere. */
export function indexDirectory(environment: NodeJS.ProcessEnv = process.env): string | undefined {
	const chosen = environment[VARIABLE];
	if (chosen !== undefined) return chosen === "" ? undefined : chosen;
	return join(cacheDirectory(environment), "snapstore", "logs");
}

function cacheDirectory(environment: NodeJS.ProcessEnv): string {
	if (process.platform === "win32") return environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local");
	if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
	const { XDG_CACHE_HOME: directory = "" } = environment;
	// A relative path is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
	return directory.startsWith("/") ? directory : join(homedir(), ".cache");
}
