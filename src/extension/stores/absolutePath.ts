import { isAbsolute, join } from "node:path";

/** A path as it may be written in the settings: absolute, or from the user's home as `~` or `${userHome}`. */
export function absolutePath(setting: string, home: string): string | undefined {
	const fromHome = /^(?:~|\$\{userHome\})(?:[\\/](.*))?$/su.exec(setting);
	if (fromHome !== null) return join(home, fromHome[1] ?? "");
	return isAbsolute(setting) ? setting.replace(/(?<=[^\\/:])[\\/]+$/, "") : undefined;
}
