/**
 * Whether a directory is one that the setting leaves out. A pattern without `/` is compared with its name, one with `/`
 * with its path below the workspace folder; `*` and `?` stay inside one name, `**` crosses names.
 */
export function matchesExclude(patterns: readonly string[], name: string, path: string): boolean {
	return patterns.some((pattern) => {
		const trimmed = pattern.replace(/^\/|\/$/g, "");
		return globToRegExp(trimmed).test(trimmed.includes("/") ? path : name);
	});
}

function globToRegExp(glob: string): RegExp {
	const source = glob.replace(/\*\*\/|\/\*\*|\*\*|\*|\?|[^*?/]+|\//g, (part) => {
		switch (part) {
			case "**/":
				return "(?:.*/)?";
			case "/**":
				return "(?:/.*)?";
			case "**":
				return ".*";
			case "*":
				return "[^/]*";
			case "?":
				return "[^/]";
			default:
				return part.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
		}
	});
	return new RegExp(`^${source}$`, "u");
}
