import type { Entry, Files } from "../files";
import { generationsLayout } from "./generations/layout";
import type { StoreLayout } from "./layout";
import { rqliteV7Layout } from "./rqliteV7/layout";
import { rqliteV8Layout } from "./rqliteV8/layout";
import { rqliteV10Layout } from "./rqliteV10/layout";

/** In the order in which they are tried: what gives away one of them, none before it has. */
const LAYOUTS: readonly StoreLayout[] = [generationsLayout, rqliteV10Layout, rqliteV8Layout, rqliteV7Layout];

/** The layout of a directory that shows to be a store by what is in it. Throws `FileError`. */
export async function recogniseLayout(
	files: Files,
	path: string,
	entries: readonly Entry[],
): Promise<StoreLayout | undefined> {
	for (const layout of LAYOUTS) if (await layout.recognise(files, path, entries)) return layout;
	return undefined;
}

/** The layout of the port's own directory, which may be a store without a snapshot. Throws `FileError`. */
export async function layoutOf(files: Files): Promise<StoreLayout | undefined> {
	const entries = await files.list("");
	const recognised = await recogniseLayout(files, "", entries);
	if (recognised) return recognised;
	for (const layout of LAYOUTS) if (await layout.takesEmpty(files, entries)) return layout;
	return undefined;
}
